using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Portals;

/// <summary>R8.5: results for users that a run could not finish, for reasons that lie in neither the user nor the employee.</summary>
internal static class UnfinishedUser
{
    /// <summary>CallGear's answers on the user's address contradicted each other.</summary>
    public static EmployeeResult Unfit(Decision decision) => new()
    {
        Outcome = ChangeOutcome.Failed,
        Reason = new Problem(
            ProblemCode.Rejected,
            $"{decision.Name} (user {decision.UserId}): CallGear's answers on the address {decision.Email} changed while the import ran. The next import tries again."),
    };

    /// <summary>The service itself failed; the user may have an employee that nobody knows of yet.</summary>
    public static EmployeeResult Interrupted(Decision decision) => new()
    {
        Outcome = ChangeOutcome.Failed,
        Reason = new Problem(
            ProblemCode.Interrupted,
            $"{decision.Name} (user {decision.UserId}) could not be finished because the service's storage or a silo failed. The next import goes on."),
        IsUnsettled = true,
    };
}
