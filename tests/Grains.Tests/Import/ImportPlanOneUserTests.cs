using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Employees;

namespace OrleansSync.Grains.Tests.Import;

/// <summary>R8.8: runs for one user.</summary>
[Trait("Rule", "R8.8")]
public sealed class ImportPlanOneUserTests
{
    [Fact]
    public void Create_OneUser_DecidesOnItAlone()
    {
        var plan = new ImportScenario()
            .Team(6).User(7).Known(8, EmployeeOutcome.Skipped).Known(9, EmployeeOutcome.Matched, 1009)
            .OnlyUser(7)
            .Plan();

        Assert.Equal([7], plan.UserIds());
        Assert.Equal([7], plan.UsersWith<CreateEmployee>());
        Assert.True(plan.Held.IsEmpty);
    }

    [Fact]
    public void Create_OneMatchedUser_IsMatched() => Assert.Equal([3], new ImportScenario().Team(6).OnlyUser(3).Plan().UsersWith<Match>());

    [Theory]
    [InlineData(1, 30)]
    [InlineData(4, 0)]
    [InlineData(5, 20)]
    [InlineData(20, 5)]
    public void Create_OneImportedUserIsGone_IsRemovedAlthoughNobodyCame(int team, int maxPercent)
    {
        var plan = Gone(team, maxPercent).Plan();

        Assert.Equal([1], plan.UserIds());
        Assert.Equal([1], plan.UsersWith<Remove>());
    }

    [Theory]
    [InlineData(5, 19)]
    [InlineData(20, 4)]
    [InlineData(200, 0)]
    public void Create_OneImportedUserIsGoneAndThatIsTooLargeAShare_IsHeld(int team, int maxPercent)
    {
        var plan = Gone(team, maxPercent).Plan();

        Assert.Equal([1], plan.UsersWith<HoldRemoval>());
        Assert.Equal([1], plan.Held.Removals);
    }

    [Fact]
    public void Create_OneUnknownUserIsGone_DecidesNothing() => Assert.Empty(new ImportScenario().Team(2).OnlyUser(7).Plan().Decisions);

    [Fact]
    public void Create_OneNeverImportedUserIsGone_IsForgotten() =>
        Assert.Equal(
            [8],
            new ImportScenario().Known(7, EmployeeOutcome.Skipped).Known(8, EmployeeOutcome.Skipped).OnlyUser(8)
                .Plan().UsersWith<Forget>());

    [Fact]
    [Trait("Rule", "R8.2")]
    public void Create_EmployeesOfTheWholeRosterAreMissing_HoldsTheOneUserOnly()
    {
        var plan = new ImportScenario().Team(6).WithoutEmployeesOf(1, 2).OnlyUser(2).Plan();

        Assert.Equal([2], plan.UserIds());
        Assert.Equal([2], plan.UsersWith<HoldRecreation>());
        Assert.Equal([2], plan.Held.Recreations);
    }

    [Fact]
    [Trait("Rule", "R8.2")]
    public void Create_EmployeesOfOthersAreMissing_HoldsNothingForTheOneUser()
    {
        var plan = new ImportScenario().Team(6).WithoutEmployeesOf(1, 2).OnlyUser(3).Plan();

        Assert.Equal([3], plan.UsersWith<Match>());
        Assert.True(plan.Held.IsEmpty);
    }

    [Fact]
    [Trait("Rule", "R3.5")]
    public void Create_EmployeeIsHeldByAUserThatIsNotAskedFor_IsTaken() =>
        new ImportScenario()
            .Team(2).User(9, user => user with { Email = "user1@acme.test" })
            .OnlyUser(9)
            .Plan()
            .Skips(9, ProblemCode.EmailTaken);

    [Fact]
    [Trait("Rule", "R8.1")]
    public void Create_OthersAwaitRemoval_TheOneUsersRemovalWaitsWithThem()
    {
        var plan = new ImportScenario().Team(20).WithoutUsers(1, 2, 3, 9).Awaiting(removals: [1, 2, 3]).OnlyUser(9).Plan();

        Assert.Equal([9], plan.UserIds());
        Assert.Equal([9], plan.UsersWith<HoldRemoval>());
        Assert.Equal([9], plan.Held.Removals);
    }

    [Fact]
    [Trait("Rule", "R8.1")]
    public void Create_ThoseWhoAwaitRemovalAreNoLongerImported_DoNotHoldTheOneUser() =>
        Assert.Equal([9], new ImportScenario().Team(20).WithoutUsers(9).Awaiting(removals: [77]).OnlyUser(9).Plan().UsersWith<Remove>());

    [Fact]
    [Trait("Rule", "R8.1")]
    public void Create_OneUserOfAHoldIsBack_IsNotHeld()
    {
        var plan = new ImportScenario().Team(6).Awaiting(removals: [1, 2, 3], recreations: [1, 5]).OnlyUser(1).Plan();

        Assert.Equal([1], plan.UsersWith<Match>());
        Assert.True(plan.Held.IsEmpty);
    }

    [Fact]
    [Trait("Rule", "R8.2")]
    public void Create_OthersAwaitRecreation_TheOneUsersRecreationWaitsWithThem()
    {
        var plan = new ImportScenario().Team(6).WithoutEmployeesOf(1, 2).Awaiting(recreations: [1]).OnlyUser(2).Plan();

        Assert.Equal([2], plan.UsersWith<HoldRecreation>());
    }

    private static ImportScenario Gone(int team, int maxPercent) => new ImportScenario()
        .Team(team)
        .WithoutUsers(1)
        .OnlyUser(1)
        .WithSettings(settings => settings with { MaxDeletionsPercent = maxPercent });
}
