using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Employees;

namespace OrleansSync.Grains.Tests.Import;

/// <summary>R2: who is imported, who is skipped, and who is not looked at.</summary>
public sealed class ImportPlanWhoTests
{
    [Fact]
    public void Create_NobodyAnywhere_DecidesNothing()
    {
        var plan = new ImportScenario().Plan();

        Assert.Empty(plan.Decisions);
        Assert.True(plan.Held.IsEmpty);
    }

    [Fact]
    public void Create_OneUserAndEmptyCallGear_CreatesIt()
    {
        var plan = new ImportScenario().User(1).Plan();

        Assert.Equal([1], plan.UsersWith<CreateEmployee>());
        Assert.True(plan.Held.IsEmpty);
    }

    [Fact]
    public void Create_EmployeesThatAreNoUsers_AreLeftAlone() =>
        Assert.Empty(new ImportScenario().Employee(5, "reception@acme.test").Employee(6).Plan().Decisions);

    [Theory]
    [Trait("Rule", "R2.1")]
    [InlineData("extranet")]
    [InlineData("email")]
    public void Create_UserOfAnotherType_IsNotConsidered(string type)
    {
        var plan = new ImportScenario().User(1, user => user with { UserType = type }).User(2).Plan();

        Assert.Equal([2], plan.UserIds());
    }

    [Fact]
    [Trait("Rule", "R2.1")]
    public void Create_InactiveUser_IsNotConsidered() =>
        Assert.Empty(new ImportScenario().User(1, user => user with { IsActive = false }).Plan().Decisions);

    [Theory]
    [Trait("Rule", "R2.4")]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t")]
    public void Create_RequiredFieldIsBlank_SkipsWithTheReason(string? blank)
    {
        var plan = new ImportScenario()
            .User(1, user => user with { LastName = blank })
            .User(2, user => user with { Email = blank })
            .User(3)
            .Plan();

        var nameless = plan.Skips(1, ProblemCode.MissingLastName);
        var unreachable = plan.Skips(2, ProblemCode.MissingEmail);
        Assert.Equal(("user1@acme.test", "user1@acme.test", false), (nameless.Name, nameless.Email, nameless.EndsStaleLink));
        Assert.Equal(("Last2", null, false), (unreachable.Name, unreachable.Email, unreachable.EndsStaleLink));
        Assert.Equal([3], plan.UsersWith<CreateEmployee>());
    }

    [Fact]
    [Trait("Rule", "R2.1")]
    public void Create_NoDepartment_SkipsOnPremiseOnly()
    {
        Assert.Equal([1], new ImportScenario().User(1).Plan().UsersWith<CreateEmployee>());

        var plan = new ImportScenario().OnPremise().User(1).User(2, user => user with { HasDepartment = true }).Plan();
        plan.Skips(1, ProblemCode.MissingDepartment);
        Assert.Equal([2], plan.UsersWith<CreateEmployee>());
    }

    [Theory]
    [Trait("Rule", "R8.7")]
    [InlineData(EmployeeOutcome.Skipped)]
    [InlineData(EmployeeOutcome.Failed)]
    public void Create_UserThatWasSkippedOrFailedBefore_IsLookedAtAgain(EmployeeOutcome outcome) =>
        Assert.Equal([1], new ImportScenario().User(1).Known(1, outcome).Plan().UsersWith<CreateEmployee>());

    [Theory]
    [InlineData(EmployeeOutcome.Skipped)]
    [InlineData(EmployeeOutcome.Failed)]
    public void Create_UserNeverImportedIsGone_IsForgotten(EmployeeOutcome outcome)
    {
        var plan = new ImportScenario().Team(1).Known(4, outcome).Plan();

        var forget = plan.Single<Forget>(4);
        Assert.Equal(("Name4", "user4@acme.test"), (forget.Name, forget.Email));
    }

    [Fact]
    public void Create_UserNeverImportedIsInactive_IsForgotten() =>
        Assert.Equal(
            [4],
            new ImportScenario().User(4, user => user with { IsActive = false }).Known(4, EmployeeOutcome.Skipped)
                .Plan().UsersWith<Forget>());

    [Fact]
    public void Create_UsersInAnyOrder_DecidesByRisingId()
    {
        var plan = new ImportScenario()
            .User(5).User(2).User(9)
            .Known(7, EmployeeOutcome.Matched, 1007).Known(1, EmployeeOutcome.Skipped).Employee(1007)
            .Plan();

        Assert.Equal([1, 2, 5, 7, 9], plan.UserIds());
    }

    [Fact]
    [Trait("Rule", "R8.6")]
    public void LacksEmailScope_Users_OnlyWhenNotOneHasTheField()
    {
        var without = new PortalUser { Id = 1, HasEmailField = false };
        var with = new PortalUser { Id = 2, Email = null };
        var nobody = new ImportScenario().Input().Roster;

        Assert.False(ImportPlan.LacksEmailScope([], nobody));
        Assert.True(ImportPlan.LacksEmailScope([without, without with { Id = 3 }], nobody));
        Assert.False(ImportPlan.LacksEmailScope([without, with], nobody));
        Assert.False(ImportPlan.LacksEmailScope([with], nobody));
    }

    [Theory]
    [InlineData(EmployeeOutcome.Matched, 1001L, true, true)]
    [InlineData(EmployeeOutcome.Deleted, 1001L, true, true)]
    [InlineData(EmployeeOutcome.Matched, 1001L, false, false)]
    [InlineData(EmployeeOutcome.Skipped, null, true, false)]
    [InlineData(null, null, false, false)]
    [Trait("Rule", "R8.6a")]
    public void LacksEmailScope_OfOneUser_OnlyWhenItWasImportedWithAnAddress(
        EmployeeOutcome? before, long? employeeId, bool hadAddress, bool expected)
    {
        var scenario = new ImportScenario().Known(2, EmployeeOutcome.Matched, 1002);
        var roster = (before is { } outcome ? scenario.Known(1, outcome, employeeId) : scenario).Input().Roster;
        if (before is not null && !hadAddress)
        {
            roster = roster.SetItem(1, roster[1] with { Email = null });
        }

        Assert.Equal(expected, ImportPlan.LacksEmailScope([new PortalUser { Id = 1, HasEmailField = false }], roster));
    }
}
