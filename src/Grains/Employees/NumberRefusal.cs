using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Employees;

/// <summary>R5.5: CallGear refused a number, and the employee is imported without it.</summary>
internal static class NumberRefusal
{
    /// <summary>The problem to show with the employee.</summary>
    public static Problem Of(CallFailure failure, ImmutableArray<string> numbers) => new(
        ProblemCode.PhoneRejected,
        $"CallGear refused the number {string.Join(", ", numbers)}; the employee was imported without it. Correct the number in Bitrix24, "
        + $"or add one in CallGear. CallGear said: {failure.Problem.Message}");
}
