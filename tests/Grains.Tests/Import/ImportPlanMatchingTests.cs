using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Employees;

namespace OrleansSync.Grains.Tests.Import;

/// <summary>R3.1, R3.6: users with a stored link.</summary>
public sealed class ImportPlanMatchingTests
{
    [Fact]
    [Trait("Rule", "R3.1")]
    public void Create_LinkedEmployeeExists_IsMatched()
    {
        var match = new ImportScenario().Team(1).Plan().Single<Match>(1);

        Assert.Equal(new Match(1, "Last1", "user1@acme.test", 1001, IsReturn: false), match);
    }

    [Fact]
    [Trait("Rule", "R3.1")]
    public void Create_LinkedUserLostItsFields_IsStillMatched()
    {
        var plan = new ImportScenario()
            .OnPremise()
            .User(1, user => user with { LastName = " ", Email = null })
            .Employee(1001)
            .Known(1, EmployeeOutcome.Matched, 1001)
            .Plan();

        Assert.Equal(new Match(1, "User 1", null, 1001, IsReturn: false), plan.Single<Match>(1));
    }

    [Fact]
    [Trait("Rule", "R3.1")]
    public void Create_LinkAndAddressPointToDifferentEmployees_TheLinkCounts()
    {
        var plan = new ImportScenario().User(1).Employee(10, "other@acme.test").Employee(11, "user1@acme.test")
            .Known(1, EmployeeOutcome.Linked, 10).Plan();

        Assert.Equal(10, plan.Single<Match>(1).EmployeeId);
    }

    [Theory]
    [Trait("Rule", "R3.1")]
    [InlineData(EmployeeOutcome.Skipped)]
    [InlineData(EmployeeOutcome.Failed)]
    [InlineData(EmployeeOutcome.Created)]
    public void Create_LinkedUserWhateverItsLastOutcome_IsMatched(EmployeeOutcome outcome) =>
        Assert.False(new ImportScenario().User(1).Employee(10).Known(1, outcome, 10).Plan().Single<Match>(1).IsReturn);

    [Fact]
    [Trait("Rule", "R3.6")]
    public void Create_LinkedEmployeeIsGone_LinksTheOneWithTheAddress()
    {
        var link = new ImportScenario().User(1).Employee(11, "user1@acme.test").Known(1, EmployeeOutcome.Matched, 10).Plan()
            .Single<LinkEmployee>(1);

        Assert.Equal((11, 10, null), (link.Employee.Id, link.StaleEmployeeId, link.TakenOverFrom));
    }

    [Fact]
    [Trait("Rule", "R3.6")]
    public void Create_LinkedEmployeeIsGoneAndNoneHasTheAddress_CreatesOne()
    {
        var create = new ImportScenario().User(1).Employee(11).Known(1, EmployeeOutcome.Matched, 10).Plan().Single<CreateEmployee>(1);

        Assert.Equal((10, false), (create.StaleEmployeeId, create.LookUpFirst));
    }

    [Fact]
    [Trait("Rule", "R3.6")]
    public void Create_LinkedEmployeeIsGoneAndUserLacksAField_SkipsAndEndsTheLink()
    {
        var plan = new ImportScenario()
            .User(1, user => user with { Email = " " })
            .Employee(11)
            .Known(1, EmployeeOutcome.Matched, 10)
            .Plan();

        Assert.True(plan.Skips(1, ProblemCode.MissingEmail).EndsStaleLink);
    }

    [Fact]
    [Trait("Rule", "R3.6")]
    public void Create_LinkedEmployeeIsGoneAndAddressIsAmbiguousOrTaken_SkipsAndEndsTheLink()
    {
        var plan = new ImportScenario()
            .User(1).Employee(11, "user1@acme.test").Employee(12, "user1@acme.test").Known(1, EmployeeOutcome.Matched, 10)
            .User(2).Employee(13, "user2@acme.test").Known(2, EmployeeOutcome.Matched, 20).User(3).Known(3, EmployeeOutcome.Matched, 13)
            .Plan();

        Assert.True(plan.Skips(1, ProblemCode.AmbiguousEmail).EndsStaleLink);
        Assert.True(plan.Skips(2, ProblemCode.EmailTaken).EndsStaleLink);
    }

    [Fact]
    [Trait("Rule", "R3.8")]
    public void Create_TwoUsersAreLinkedToOneEmployee_TheLowerIdKeepsIt()
    {
        var plan = new ImportScenario()
            .User(2).Known(2, EmployeeOutcome.Matched, 10)
            .User(1).Known(1, EmployeeOutcome.Matched, 10)
            .Employee(10, "user2@acme.test")
            .Plan();

        Assert.Equal(10, plan.Single<Match>(1).EmployeeId);
        Assert.True(plan.Skips(2, ProblemCode.EmailTaken).EndsStaleLink);
    }
}
