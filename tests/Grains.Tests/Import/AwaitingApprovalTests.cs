using OrleansSync.Grains.Import;

namespace OrleansSync.Grains.Tests.Import;

[Trait("Rule", "R8.1")]
public sealed class AwaitingApprovalTests
{
    [Fact]
    public void IsEmpty_None_IsTrue() => Assert.True(AwaitingApproval.None.IsEmpty);

    [Fact]
    public void IsEmpty_RemovalOrRecreation_IsFalse()
    {
        Assert.False(ImportScenario.Users(removals: [1]).IsEmpty);
        Assert.False(ImportScenario.Users(recreations: [1]).IsEmpty);
        Assert.False(ImportScenario.Users(removals: [1], recreations: [2]).IsEmpty);
    }
}
