using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Portals;

/// <summary>R8.5: results for users that a run could not finish, for reasons that lie in neither the user nor the employee.</summary>
internal static class UnfinishedUser
{
    /// <summary>CallGear's answers on the user's address contradicted each other.</summary>
    public static EmployeeResult Unfit(Decision decision) => Failed(
        ProblemCode.Rejected,
        $"{QuotedText.Of(decision.Name)} (user {decision.UserId}): CallGear's answers on the address {QuotedText.Of(decision.Email ?? "")} "
        + "changed while the import ran. The next import tries again.");

    /// <summary>The service itself failed; the user may have an employee that nobody knows of yet.</summary>
    public static EmployeeResult Interrupted(long userId, string name) => Failed(
        ProblemCode.Interrupted,
        $"{QuotedText.Of(name)} (user {userId}) could not be finished because the service's storage or a silo failed. "
        + "The next import goes on.") with
    {
        IsUnsettled = true,
    };

    /// <summary>What is stored of the user was not written by any release; it may have an employee that cannot be told any more.</summary>
    public static EmployeeResult Unreadable(long userId, string name) => Failed(
        ProblemCode.Interrupted,
        $"{QuotedText.Of(name)} (user {userId}): the service's record of the user cannot be read, so that nothing was done. Have the "
        + "operator restore the row of the user in the table employee, or erase it: the next import then finds the employee by its e-mail "
        + "address.");

    private static EmployeeResult Failed(ProblemCode code, string message) =>
        new() { Outcome = ChangeOutcome.Failed, Reason = new Problem(code, message) };
}
