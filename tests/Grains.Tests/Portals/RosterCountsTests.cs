using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Portals;

namespace OrleansSync.Grains.Tests.Portals;

public sealed class RosterCountsTests
{
    [Fact]
    [Trait("Rule", "R7.1")]
    public void Of_UsersOfEveryKind_CountsEachWhereItBelongs()
    {
        UserRow[] users =
        [
            RunScenario.Imported(1),
            RunScenario.Imported(2),
            RunScenario.Imported(3) with { IsListed = false, Outcome = EmployeeOutcome.Skipped },
            RunScenario.Imported(4, EmployeeOutcome.Deleted),
            RunScenario.User(5, EmployeeOutcome.Skipped) with { IsListed = true },
            RunScenario.User(6, EmployeeOutcome.Failed),
            RunScenario.User(7) with { Outcome = null },
        ];

        Assert.Equal(new AccountCounts(3, 1, 2, 5), RosterCounts.Of(users, new HashSet<long> { 2, 3, 9 }));
        Assert.Equal(new AccountCounts(0, 0, 0, 0), RosterCounts.Of([], new HashSet<long> { 2 }));
    }
}
