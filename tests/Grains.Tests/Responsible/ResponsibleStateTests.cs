using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Responsible;

namespace OrleansSync.Grains.Tests.Responsible;

public sealed class ResponsibleStateTests
{
    [Fact]
    [Trait("Rule", "R7.1")]
    public void Follow_TheSameTargetAgain_ChangesNothing()
    {
        var state = new ResponsibleState().Follow(Target((1, 11), (2, 12)));

        Assert.Equal([1, 2], state.Members.Keys);
        Assert.Same(state, state.Follow(Target((2, 12), (1, 11))));
    }

    [Fact]
    [Trait("Rule", "R7.2")]
    public void Follow_AfterARemovalByHand_LeavesThePersonOutUntilPutBack()
    {
        var state = new ResponsibleState().Follow(Target((1, 11), (2, 12))).WithHand(new ImportedUser(2, 12), responsible: false);

        Assert.Equal([1], state.Follow(Target((1, 11), (2, 12))).Members.Keys);
        Assert.Equal([1, 2], state.WithHand(new ImportedUser(2, 12), responsible: true).Follow(Target((1, 11), (2, 12))).Members.Keys);
    }

    [Fact]
    [Trait("Rule", "R7.2")]
    public void Follow_ADeletedAndReturnedPersonTakenOutByHand_StaysOut()
    {
        var state = new ResponsibleState().Follow(Target((1, 11), (2, 12))).WithHand(new ImportedUser(2, 12), responsible: false);

        Assert.Equal([1], state.Follow(Target((1, 11))).Follow(Target((1, 11), (2, 12))).Members.Keys);
    }

    [Fact]
    [Trait("Rule", "R3.7")]
    public void Follow_ATakeOver_MovesTheExclusionWithTheEmployee()
    {
        var state = new ResponsibleState().Follow(Target((1, 11))).WithHand(new ImportedUser(1, 11), responsible: false);

        var after = state.Follow(Target((9, 11)) with { TakenOver = ImmutableDictionary<long, long>.Empty.Add(9, 1) });

        Assert.Empty(after.Members);
        Assert.Equal([9], after.Excluded);
    }

    private static ResponsibleTarget Target(params (long User, long Employee)[] imported) =>
        new([.. imported.Select(pair => new ImportedUser(pair.User, pair.Employee))], ImmutableDictionary<long, long>.Empty, GroupId: null);
}
