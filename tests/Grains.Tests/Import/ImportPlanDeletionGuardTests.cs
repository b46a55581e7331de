using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces.Employees;

namespace OrleansSync.Grains.Tests.Import;

/// <summary>R8.1: removals that wait.</summary>
[Trait("Rule", "R8.1")]
public sealed class ImportPlanDeletionGuardTests
{
    [Theory]
    [InlineData(4, 30, 4)]
    [InlineData(5, 30, 1)]
    [InlineData(10, 30, 3)]
    [InlineData(10, 100, 9)]
    public void Create_NotMoreThanTheShareIsGone_RemovesThem(int team, int maxPercent, int gone)
    {
        var plan = Team(team, maxPercent, gone).User(99).Plan();

        Assert.Equal(Ids(gone), plan.UsersWith<Remove>());
        Assert.True(plan.Held.IsEmpty);
    }

    [Theory]
    [InlineData(5, 30, 2)]
    [InlineData(5, 0, 1)]
    [InlineData(10, 30, 4)]
    [InlineData(10, 99, 10)]
    public void Create_MoreThanTheShareIsGone_HoldsThemAndAddsOthers(int team, int maxPercent, int gone)
    {
        var plan = Team(team, maxPercent, gone).User(99).Plan();

        Assert.Equal(Ids(gone), plan.UsersWith<HoldRemoval>());
        Assert.Equal(Ids(gone), plan.Held.Removals);
        Assert.Empty(plan.Held.Recreations);
        Assert.Empty(plan.UsersWith<Remove>());
        Assert.Equal([99], plan.UsersWith<CreateEmployee>());
        Assert.Equal(team - gone, plan.UsersWith<Match>().Length);
        Assert.Equal(new HoldRemoval(1, "Name1", "user1@acme.test", 1001), plan.Single<HoldRemoval>(1));
    }

    [Fact]
    public void Create_DeletedAndNeverImportedUsers_AreNotCountedInTheBase()
    {
        var plan = new ImportScenario()
            .Team(5).WithoutUsers(1, 2)
            .Known(21, EmployeeOutcome.Deleted, 31).Known(22, EmployeeOutcome.Deleted, 32).Known(23, EmployeeOutcome.Skipped).Known(
                24, EmployeeOutcome.Failed)
            .Plan();

        Assert.Equal([1, 2], plan.UsersWith<HoldRemoval>());
        Assert.Equal([23, 24], plan.UsersWith<Forget>());
    }

    [Fact]
    public void Create_FourImportedAndOneDeletedBefore_AreTooFewForTheGuard() =>
        Assert.Equal(
            [1, 2, 3],
            new ImportScenario().Team(4).WithoutUsers(1, 2, 3).Known(9, EmployeeOutcome.Deleted, 1009).Plan().UsersWith<Remove>());

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    public void Create_EmptyAnswer_HoldsHoweverFewWereImported(int team)
    {
        var plan = Team(team, 100, team).Plan();

        Assert.Equal(Ids(team), plan.UsersWith<HoldRemoval>());
        Assert.Equal(Ids(team), plan.UserIds());
    }

    [Fact]
    public void Create_EmptyAnswerAndNoneImported_IsARunOfNobody()
    {
        var plan = new ImportScenario().Employee(5).Known(1, EmployeeOutcome.Deleted, 5).Plan();

        Assert.Empty(plan.Decisions);
        Assert.True(plan.Held.IsEmpty);
    }

    [Fact]
    public void Create_OnlyInactiveUsersLeft_IsNoEmptyAnswer() =>
        Assert.Equal(
            [1, 2],
            new ImportScenario().Team(2).WithoutUsers(1, 2).User(1, user => user with { IsActive = false }).Plan().UsersWith<Remove>());

    [Fact]
    public void Create_SomebodyOfAnEarlierHoldIsStillGone_KeepsEverybodyHeld()
    {
        var plan = new ImportScenario().Team(20).WithoutUsers(3, 8).Awaiting(removals: [1, 2, 3]).Plan();

        Assert.Equal([3, 8], plan.UsersWith<HoldRemoval>());
        Assert.Equal([3, 8], plan.Held.Removals);
    }

    [Fact]
    public void Create_EverybodyOfAnEarlierHoldIsBack_IsNoLongerHeld()
    {
        var plan = new ImportScenario().Team(20).WithoutUsers(8).Awaiting(removals: [1, 2, 3]).Plan();

        Assert.Equal([8], plan.UsersWith<Remove>());
        Assert.True(plan.Held.IsEmpty);
        Assert.False(plan.Single<Match>(1).IsReturn);
    }

    [Fact]
    public void Create_Approved_RemovesThoseStillGoneAndHoldsLaterOnes()
    {
        var plan = new ImportScenario().Team(20).WithoutUsers(2, 3, 8).Awaiting(removals: [1, 2, 3]).Approved(removals: [1, 2, 3]).Plan();

        Assert.Equal([2, 3], plan.UsersWith<Remove>());
        Assert.Equal([8], plan.UsersWith<HoldRemoval>());
        Assert.Equal([8], plan.Held.Removals);
        Assert.IsType<Match>(plan.Decisions[0]);
    }

    [Fact]
    public void Create_ApprovedEmptyAnswer_RemovesTheApproved()
    {
        var plan = Team(5, 30, 5).Awaiting(removals: Ids(5)).Approved(removals: Ids(5)).Plan();

        Assert.Equal(Ids(5), plan.UsersWith<Remove>());
        Assert.True(plan.Held.IsEmpty);
    }

    [Fact]
    public void Create_ApprovedForRecreationsOnly_HoldsARemoval()
    {
        var plan = new ImportScenario().Team(20).WithoutUsers(8).WithoutEmployeesOf(1).Approved(recreations: [1]).Plan();

        Assert.Equal([8], plan.UsersWith<HoldRemoval>());
        Assert.Equal([1], plan.UsersWith<CreateEmployee>());
    }

    private static ImportScenario Team(int team, int maxPercent, int gone) => new ImportScenario()
        .Team(team)
        .WithoutUsers(Ids(gone))
        .WithSettings(settings => settings with { MaxDeletionsPercent = maxPercent });

    private static long[] Ids(int count) => [.. Enumerable.Range(1, count).Select(id => (long)id)];
}
