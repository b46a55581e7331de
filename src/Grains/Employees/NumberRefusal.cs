using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Employees;

/// <summary>R5.5: CallGear refused numbers, and the employee is imported without them.</summary>
internal static class NumberRefusal
{
    /// <summary>The problem to show with the employee.</summary>
    /// <param name="failure">What CallGear said.</param>
    /// <param name="refused">The numbers that were left out.</param>
    /// <param name="taken">The numbers that it has got (R5.2a).</param>
    public static Problem Of(CallFailure failure, ImmutableArray<string> refused, ImmutableArray<string> taken) => new(
        ProblemCode.PhoneRejected,
        $"CallGear refused the number {string.Join(", ", refused)}; the employee "
        + (taken.IsEmpty ? "was imported without it. " : $"has got the others ({string.Join(", ", taken)}). ")
        + "It is not tried again before the number in Bitrix24 or the employee in CallGear changes, and then only with the account's "
        + $"setting fillMissingPhones; or give the employee a number in CallGear. {failure.VendorText ?? failure.Problem.Message}");
}
