using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Employees;

namespace OrleansSync.Grains.Tests.Import;

/// <summary>R8.10, R3.8: looking up before creating, and deciding again on what turned up.</summary>
[Trait("Rule", "R8.10")]
public sealed class ImportPlanLookUpTests
{
    [Theory]
    [InlineData(10_000, false)]
    [InlineData(10_001, true)]
    public void Create_SizeOfTheList_DecidesOnLookingUpFirst(int employees, bool expected)
    {
        var scenario = new ImportScenario().User(1);
        for (var id = 1; id <= employees; id++)
        {
            scenario.Employee(id);
        }

        Assert.Equal(expected, scenario.Plan().Single<CreateEmployee>(1).LookUpFirst);
    }

    [Fact]
    public void DecideAgain_OneFreeEmployeeTurnedUp_LinksIt()
    {
        var plan = new ImportScenario().User(1, user => user with { LastName = " Lee ", WorkPhone = "12" }).Plan();

        var link = Assert.IsType<LinkEmployee>(plan.DecideAgain(1, [Found(10, " USER1@acme.test")]));
        Assert.Equal((1, "Lee", "user1@acme.test", 10), (link.UserId, link.UserLastName, link.Email, link.Employee.Id));
        Assert.Equal(["12"], link.Numbers);
        Assert.Null(link.TakenOverFrom);
    }

    [Fact]
    [Trait("Rule", "R3.4")]
    public void DecideAgain_SeveralTurnedUp_IsAmbiguous() =>
        Assert.Equal(
            ProblemCode.AmbiguousEmail,
            Skipped(new ImportScenario().User(1).Plan(), [Found(10, "user1@acme.test"), Found(11, "user1@acme.test")]));

    [Fact]
    [Trait("Rule", "R3.4")]
    public void DecideAgain_AnotherTurnedUpBesideTheOneOfTheList_IsAmbiguous() =>
        Assert.Equal(
            ProblemCode.AmbiguousEmail,
            Skipped(new ImportScenario().User(1).Employee(9, "user1@acme.test").Plan(), [Found(10, "user1@acme.test")]));

    [Fact]
    public void DecideAgain_TheOneOfTheListTurnedUp_IsLinkedAsItIsNow()
    {
        var plan = new ImportScenario().User(1).Employee(10, "user1@acme.test").Plan();

        var link = Assert.IsType<LinkEmployee>(plan.DecideAgain(1, [Found(10, "user1@acme.test") with { LastName = "Fresh" }]));
        Assert.Equal("Fresh", link.Employee.LastName);
    }

    [Fact]
    public void DecideAgain_TheOneOfTheListHasAnotherAddressNow_Creates()
    {
        var plan = new ImportScenario().User(1).Employee(10, "user1@acme.test").Plan();

        Assert.IsType<CreateEmployee>(plan.DecideAgain(1, [Found(10, "else@acme.test")]));
    }

    [Fact]
    [Trait("Rule", "R3.5")]
    public void DecideAgain_TheOneThatTurnedUpIsHeldByAnotherUser_IsTaken()
    {
        var plan = new ImportScenario().User(1).User(5).Known(5, EmployeeOutcome.Matched, 10).Employee(10, "else@acme.test").Plan();

        Assert.Equal(ProblemCode.EmailTaken, Skipped(plan, [Found(10, "user1@acme.test")]));
    }

    [Fact]
    [Trait("Rule", "R3.7")]
    public void DecideAgain_TheOneThatTurnedUpBelongsToADeletedUser_IsTakenOver()
    {
        var plan = new ImportScenario().User(1).Known(5, EmployeeOutcome.Deleted, 10).Plan();

        Assert.Equal(5, Assert.IsType<LinkEmployee>(plan.DecideAgain(1, [Found(10, "user1@acme.test")])).TakenOverFrom);
    }

    [Fact]
    [Trait("Rule", "R3.6")]
    public void DecideAgain_AnotherTurnedUpForAStaleLink_ReplacesIt()
    {
        var plan = new ImportScenario().User(1).Known(1, EmployeeOutcome.Matched, 9).Employee(3).Plan();

        var link = Assert.IsType<LinkEmployee>(plan.DecideAgain(1, [Found(10, "user1@acme.test")]));
        Assert.Equal((10, 9, null), (link.Employee.Id, link.StaleEmployeeId, link.TakenOverFrom));
    }

    [Fact]
    [Trait("Rule", "R3.1")]
    public void DecideAgain_TheUsersOwnEmployeeTurnedUp_IsMatched()
    {
        var plan = new ImportScenario().User(1).Known(1, EmployeeOutcome.Matched, 9).Employee(3).Plan();
        Assert.Equal([1], plan.UsersWith<CreateEmployee>());

        Assert.Equal(new Match(1, "Last1", "user1@acme.test", 9, IsReturn: false), plan.DecideAgain(1, [Found(9, "user1@acme.test")]));
    }

    [Fact]
    [Trait("Rule", "R3.6")]
    public void DecideAgain_NothingThatFits_CreatesAndEndsTheStaleLink()
    {
        var plan = new ImportScenario().User(1).Known(1, EmployeeOutcome.Matched, 9).Employee(3).Plan();

        Assert.Equal(9, Assert.IsType<CreateEmployee>(plan.DecideAgain(1, [])).StaleEmployeeId);
    }

    [Fact]
    public void DecideAgain_UserThatBitrix24DoesNotHave_Throws() =>
        Assert.Throws<InvalidOperationException>(
            () => new ImportScenario().User(1).Known(2, EmployeeOutcome.Failed).Plan().DecideAgain(2, []));

    private static AccountEmployee Found(long id, string email) => new() { Id = id, LastName = "Found", Email = email };

    private static ProblemCode Skipped(ImportPlan plan, AccountEmployee[] found) =>
        Assert.IsType<Skip>(plan.DecideAgain(1, [.. found])).Reason.Code;
}
