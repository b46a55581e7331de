using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Employees;

/// <summary>R5.5: CallGear refused a number, and the employee is imported without it.</summary>
internal static class NumberRefusal
{
    /// <summary>The problem to show with the employee.</summary>
    public static Problem Of(CallFailure failure, ImmutableArray<string> numbers) => new(
        ProblemCode.PhoneRejected,
        $"CallGear refused the number {string.Join(", ", numbers)}; the employee was imported without it. To give it a number, "
        + $"add one to the employee in CallGear; the import adds none to an employee that is linked. "
        + $"{failure.VendorText ?? failure.Problem.Message}");
}
