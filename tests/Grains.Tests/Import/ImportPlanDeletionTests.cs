using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Employees;

namespace OrleansSync.Grains.Tests.Import;

/// <summary>R6, R3.7: users that are deleted, that return, and whose employees go to somebody else.</summary>
public sealed class ImportPlanDeletionTests
{
    [Fact]
    [Trait("Rule", "R6.2")]
    public void Create_ImportedUserIsAbsent_IsRemoved() =>
        Assert.Equal(
            new Remove(2, "Name2", "user2@acme.test", 1002), new ImportScenario().Team(4).WithoutUsers(2).Plan().Single<Remove>(2));

    [Fact]
    [Trait("Rule", "R6.2")]
    public void Create_ImportedUserIsInactiveOrOfAnotherType_IsRemoved()
    {
        var plan = new ImportScenario()
            .Team(4)
            .WithoutUsers(2, 3, 4)
            .User(2, user => user with { IsActive = false })
            .User(3, user => user with { UserType = "extranet" })
            .User(4, user => user with { UserType = "email" })
            .Plan();

        Assert.Equal([2, 3, 4], plan.UsersWith<Remove>());
        Assert.Equal([1], plan.UsersWith<Match>());
    }

    [Theory]
    [Trait("Rule", "R6.2")]
    [InlineData(EmployeeOutcome.Failed)]
    [InlineData(EmployeeOutcome.Skipped)]
    public void Create_ImportedUserWhoseLastRunFailedIsAbsent_IsRemoved(EmployeeOutcome outcome) =>
        Assert.Equal([9], new ImportScenario().Team(1).Known(9, outcome, 1009).Employee(1009).Plan().UsersWith<Remove>());

    [Fact]
    [Trait("Rule", "R6.2")]
    public void Create_EmployeeOfAnAbsentUserIsGoneToo_IsRemoved() =>
        Assert.Equal([2], new ImportScenario().Team(4).WithoutUsers(2).WithoutEmployeesOf(2).Plan().UsersWith<Remove>());

    [Theory]
    [Trait("Rule", "R6.2")]
    [InlineData(10L)]
    [InlineData(null)]
    public void Create_UserThatIsDeletedAlready_NeedsNoDecision(long? employeeId) =>
        Assert.Equal([1], new ImportScenario().Team(1).Known(5, EmployeeOutcome.Deleted, employeeId).Employee(10).Plan().UserIds());

    [Fact]
    [Trait("Rule", "R6.3")]
    public void Create_DeletedUserIsBack_IsMatchedByIdAsAReturn()
    {
        var plan = new ImportScenario().User(1).Employee(10, "else@acme.test").Known(1, EmployeeOutcome.Deleted, 10).Plan();

        Assert.Equal(new Match(1, "Last1", "user1@acme.test", 10, IsReturn: true), plan.Single<Match>(1));
    }

    [Fact]
    [Trait("Rule", "R3.6")]
    public void Create_DeletedUserIsBackButItsEmployeeIsGone_StartsAnew()
    {
        var create = new ImportScenario().User(1).Employee(11).Known(1, EmployeeOutcome.Deleted, 10).Plan().Single<CreateEmployee>(1);

        Assert.Equal(10, create.StaleEmployeeId);
    }

    [Theory]
    [Trait("Rule", "R3.7")]
    [InlineData(1, 5)]
    [InlineData(9, 5)]
    public void Create_EmployeeIsLinkedToADeletedUser_TheNewUserTakesItOver(long newUser, long deleted)
    {
        var plan = new ImportScenario().User(newUser).Employee(10, $"user{newUser}@acme.test")
            .Known(deleted, EmployeeOutcome.Deleted, 10).Plan();

        var link = plan.Single<LinkEmployee>(newUser);
        Assert.Equal((10, deleted, null), (link.Employee.Id, link.TakenOverFrom, link.StaleEmployeeId));
        Assert.Equal([newUser], plan.UserIds());
    }

    [Theory]
    [Trait("Rule", "R3.7")]
    [InlineData(1)]
    [InlineData(9)]
    public void Create_EmployeeIsLinkedToAUserThatThisRunRemoves_TheNewUserTakesItOver(long newUser)
    {
        var plan = new ImportScenario().User(newUser).Employee(10, $"user{newUser}@acme.test").Known(5, EmployeeOutcome.Matched, 10).Plan();

        Assert.Equal(5, plan.Single<LinkEmployee>(newUser).TakenOverFrom);
        Assert.Equal(10, plan.Single<Remove>(5).EmployeeId);
    }

    [Fact]
    [Trait("Rule", "R3.7")]
    public void Match_DeletedUserStillHasALinkToTheEmployee_ItIsTakenOver()
    {
        var plan = new ImportScenario().User(1).Employee(10, "user1@acme.test")
            .Known(1, EmployeeOutcome.Matched, 10).Known(5, EmployeeOutcome.Deleted, 10).Plan();

        Assert.Equal((10, 5), (plan.Single<Match>(1).EmployeeId, plan.Single<Match>(1).TakenOverFrom));
    }

    [Fact]
    [Trait("Rule", "R3.5")]
    public void Create_EmployeeIsLinkedToAUserWhoseRemovalWaits_IsTaken()
    {
        var plan = new ImportScenario().Team(5).WithoutUsers(1, 2).User(9, user => user with { Email = "user1@acme.test" }).Plan();

        Assert.Equal([1, 2], plan.UsersWith<HoldRemoval>());
        plan.Skips(9, ProblemCode.EmailTaken);
    }

    [Fact]
    [Trait("Rule", "R3.5")]
    public void Create_DeletedUserReturnsTogetherWithANewUserOfItsAddress_KeepsItsEmployee()
    {
        var plan = new ImportScenario()
            .User(1, user => user with { Email = "x@acme.test" })
            .User(5, user => user with { Email = "y@acme.test" }).Known(5, EmployeeOutcome.Deleted, 10)
            .Employee(10, "x@acme.test")
            .Plan();

        Assert.True(plan.Single<Match>(5).IsReturn);
        plan.Skips(1, ProblemCode.EmailTaken);
    }

    [Fact]
    [Trait("Rule", "R3.7")]
    public void Create_UserWhoseLinkWasTakenOverIsBack_IsAUserWithoutALink()
    {
        var plan = new ImportScenario()
            .User(1).Known(1, EmployeeOutcome.Deleted)
            .User(5, user => user with { Email = "user1@acme.test" }).Known(5, EmployeeOutcome.Linked, 10).Employee(10, "user1@acme.test")
            .User(2).Known(2, EmployeeOutcome.Deleted)
            .Plan();

        Assert.False(plan.Skips(1, ProblemCode.EmailTaken).EndsStaleLink);
        Assert.Null(plan.Single<CreateEmployee>(2).StaleEmployeeId);
        Assert.Equal([5], plan.UsersWith<Match>());
    }

    [Fact]
    [Trait("Rule", "R3.7")]
    public void Create_UserReturnsBeforeItsTakenOverLinkEnded_HasLostTheEmployee()
    {
        var plan = new ImportScenario()
            .User(1).Known(1, EmployeeOutcome.Deleted, 10)
            .User(5).Known(5, EmployeeOutcome.Linked, 10)
            .Employee(10, "user1@acme.test")
            .Plan();

        Assert.Equal([5], plan.UsersWith<Match>());
        Assert.True(plan.Skips(1, ProblemCode.EmailTaken).EndsStaleLink);
    }
}
