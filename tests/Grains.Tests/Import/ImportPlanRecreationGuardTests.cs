using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces.Employees;

namespace OrleansSync.Grains.Tests.Import;

/// <summary>R8.2: re-creations that wait.</summary>
[Trait("Rule", "R8.2")]
public sealed class ImportPlanRecreationGuardTests
{
    [Theory]
    [InlineData(4, 30, 3)]
    [InlineData(5, 30, 1)]
    [InlineData(10, 30, 3)]
    [InlineData(10, 100, 9)]
    public void Create_NotMoreThanTheShareIsMissing_RecreatesThem(int team, int maxPercent, int missing)
    {
        var plan = Team(team, maxPercent, missing).Plan();

        Assert.Equal(Ids(missing), plan.UsersWith<CreateEmployee>());
        Assert.True(plan.Held.IsEmpty);
        Assert.All(plan.Decisions.OfType<CreateEmployee>(), create => Assert.False(create.LookUpFirst));
    }

    [Theory]
    [InlineData(5, 30, 2)]
    [InlineData(5, 0, 1)]
    [InlineData(10, 30, 4)]
    [InlineData(10, 99, 10)]
    public void Create_MoreThanTheShareIsMissing_HoldsThemAndAddsOthers(int team, int maxPercent, int missing)
    {
        var plan = Team(team, maxPercent, missing).User(99).Plan();

        Assert.Equal(Ids(missing), plan.UsersWith<HoldRecreation>());
        Assert.Equal(Ids(missing), plan.Held.Recreations);
        Assert.Empty(plan.Held.Removals);
        Assert.Equal(new HoldRecreation(1, "Last1", "user1@acme.test", 1001), plan.Single<HoldRecreation>(1));
        Assert.Equal([99], plan.UsersWith<CreateEmployee>());
        Assert.True(plan.Single<CreateEmployee>(99).LookUpFirst);
        Assert.Equal(team - missing, plan.UsersWith<Match>().Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    public void Create_EmptyList_HoldsHoweverFewAreLinked(int team)
    {
        var plan = Team(team, 100, team).Plan();

        Assert.Equal(Ids(team), plan.UsersWith<HoldRecreation>());
    }

    [Fact]
    public void Create_EmptyListAndOnlyAReturningUserIsLinked_Holds() =>
        Assert.Equal([1], new ImportScenario().User(1).Known(1, EmployeeOutcome.Deleted, 10).Plan().UsersWith<HoldRecreation>());

    [Fact]
    public void Create_HeldUserLostItsAddress_StillWaits()
    {
        var plan = new ImportScenario().User(1, user => user with { Email = " " }).Known(1, EmployeeOutcome.Matched, 10).Plan();

        Assert.Equal(new HoldRecreation(1, "Last1", null, 10), plan.Single<HoldRecreation>(1));
    }

    [Fact]
    public void Create_AnEmployeeHasTheHeldUsersAddress_IsNotLinkedWithoutApproval() =>
        Assert.Equal([1, 2], Team(5, 30, 2).Employee(50, "user1@acme.test").Plan().UsersWith<HoldRecreation>());

    [Fact]
    public void Create_ReturningUsersWhoseEmployeesAreMissing_DoNotCountInTheShare()
    {
        var plan = Team(5, 20, 1)
            .User(21).Known(21, EmployeeOutcome.Deleted, 1021)
            .User(22).Known(22, EmployeeOutcome.Deleted, 1022)
            .Plan();

        Assert.Equal([1, 21, 22], plan.UsersWith<CreateEmployee>());
    }

    [Fact]
    public void Create_ReturningUserWhileOthersAreHeld_WaitsToo() =>
        Assert.Equal([1, 2, 21], Team(5, 30, 2).User(21).Known(21, EmployeeOutcome.Deleted, 1021).Plan().UsersWith<HoldRecreation>());

    [Fact]
    public void Create_DeletedUsersThatStayAwayAndMissing_DoNotMatter()
    {
        var plan = Team(5, 20, 1).Known(21, EmployeeOutcome.Deleted, 1021).Known(22, EmployeeOutcome.Deleted, 1022).Plan();

        Assert.Equal([1], plan.UsersWith<CreateEmployee>());
    }

    [Fact]
    public void Create_UsersAreGoneFromBothSystems_CountInBothButWaitAsRemovals()
    {
        var plan = Team(6, 30, 2).WithoutUsers(1, 2).Plan();

        Assert.Equal([1, 2], plan.UsersWith<HoldRemoval>());
        Assert.Empty(plan.Held.Recreations);

        var mixed = Team(10, 30, 4).WithoutUsers(1, 2).Plan();
        Assert.Equal([1, 2], mixed.UsersWith<Remove>());
        Assert.Equal([3, 4], mixed.UsersWith<HoldRecreation>());
    }

    [Fact]
    public void Create_SomebodyOfAnEarlierHoldIsStillMissing_KeepsEverybodyHeld()
    {
        var plan = new ImportScenario().Team(20).WithoutEmployeesOf(3, 8).Awaiting(recreations: [1, 2, 3]).Plan();

        Assert.Equal([3, 8], plan.UsersWith<HoldRecreation>());
        Assert.Equal([3, 8], plan.Held.Recreations);
    }

    [Fact]
    public void Create_EveryEmployeeOfAnEarlierHoldIsBack_IsNoLongerHeld() =>
        Assert.Equal(
            [8],
            new ImportScenario().Team(20).WithoutEmployeesOf(8).Awaiting(recreations: [1, 2, 3]).Plan().UsersWith<CreateEmployee>());

    [Fact]
    public void Create_RemovalsAwait_DoesNotHoldRecreations() =>
        Assert.Equal([8], new ImportScenario().Team(20).WithoutEmployeesOf(8).Awaiting(removals: [8]).Plan().UsersWith<CreateEmployee>());

    [Fact]
    public void Create_Approved_RecreatesThoseStillMissingAndHoldsLaterOnes()
    {
        var plan = new ImportScenario()
            .Team(20).WithoutEmployeesOf(2, 3, 8)
            .Awaiting(recreations: [1, 2, 3]).Approved(recreations: [1, 2, 3])
            .Plan();

        Assert.Equal([2, 3], plan.UsersWith<CreateEmployee>());
        Assert.Equal([8], plan.UsersWith<HoldRecreation>());
        Assert.Equal([8], plan.Held.Recreations);
    }

    [Fact]
    public void Create_ApprovedForRemovalsOnly_HoldsARecreation()
    {
        var plan = new ImportScenario().Team(20).WithoutUsers(8).WithoutEmployeesOf(1).Approved(removals: [8]).Plan();

        Assert.Equal([8], plan.UsersWith<Remove>());
        Assert.Equal([1], plan.UsersWith<HoldRecreation>());
    }

    private static ImportScenario Team(int team, int maxPercent, int missing) => new ImportScenario()
        .Team(team)
        .WithoutEmployeesOf(Ids(missing))
        .WithSettings(settings => settings with { MaxDeletionsPercent = maxPercent });

    private static long[] Ids(int count) => [.. Enumerable.Range(1, count).Select(id => (long)id)];
}
