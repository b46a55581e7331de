using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Grains.Tests.Import;

public sealed class UserRowTests
{
    [Theory]
    [Trait("Rule", "R7.1")]
    [InlineData(EmployeeOutcome.Matched, true)]
    [InlineData(EmployeeOutcome.Created, true)]
    [InlineData(EmployeeOutcome.Linked, true)]
    [InlineData(EmployeeOutcome.Skipped, true)]
    [InlineData(EmployeeOutcome.Failed, true)]
    [InlineData(EmployeeOutcome.Deleted, false)]
    public void IsImported_UserWithLink_IsUnlessDeleted(EmployeeOutcome outcome, bool expected) =>
        Assert.Equal(expected, Entry(outcome, ImportScenario.LinkTo(1)).IsImported);

    [Theory]
    [Trait("Rule", "R7.1")]
    [InlineData(EmployeeOutcome.Skipped)]
    [InlineData(EmployeeOutcome.Failed)]
    [InlineData(EmployeeOutcome.Deleted)]
    public void IsImported_UserWithoutLink_IsNot(EmployeeOutcome outcome) => Assert.False(Entry(outcome, null).IsImported);

    [Theory]
    [Trait("Rule", "R6.2")]
    [InlineData(EmployeeOutcome.Deleted, true)]
    [InlineData(EmployeeOutcome.Matched, false)]
    [InlineData(EmployeeOutcome.Skipped, false)]
    public void IsDeleted_Outcome_SaysSo(EmployeeOutcome outcome, bool expected)
    {
        Assert.Equal(expected, Entry(outcome, ImportScenario.LinkTo(1)).IsDeleted);
        Assert.Equal(expected, Entry(outcome, null).IsDeleted);
    }

    private static UserRow Entry(EmployeeOutcome outcome, EmployeeLink? link) =>
        new() { UserId = 1, Name = "Ann Lee", Outcome = outcome, Link = link };
}
