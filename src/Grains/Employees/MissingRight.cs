using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Employees;

namespace OrleansSync.Grains.Employees;

/// <summary>
/// R8.5: the key's rights, or the account's plan, do not allow to create or to change employees. The two are granted apart, so it concerns
/// the users that need it.
/// </summary>
internal static class MissingRight
{
    /// <summary>The problem to show with the user.</summary>
    public static Problem Of(Decision decision, CallFailure refusal) => new(
        ProblemCode.Rejected,
        $"{decision.Name} (user {decision.UserId}): the rights of the CallGear key, or the account's plan, do not allow to "
        + (decision is CreateEmployee ? "create employees (create.employees)" : "change employees (update.employees)")
        + ", so that nothing was changed. Give the key this right in CallGear; the next import tries again. "
        + (refusal.VendorText ?? refusal.Problem.Message));
}
