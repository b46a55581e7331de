using OrleansSync.Sandbox.Bitrix24;
using OrleansSync.Sandbox.Requests;

namespace OrleansSync.Sandbox.Faults;

/// <summary>Spoils lists before they are answered.</summary>
internal static class ListFaults
{
    public static UserPage Apply(UserPage page, FaultBook faults, string portal) =>
        faults.TakeForList(Vendor.Bitrix24, portal, "user.get") is { } fault ? page with { Users = Spoil(page.Users, fault.Fault) } : page;

    /// <summary>The list as the fault leaves it.</summary>
    public static IReadOnlyList<T> Spoil<T>(IReadOnlyList<T> items, Fault fault)
    {
        var amount = Math.Min(fault.Amount ?? 1, items.Count);
        switch (fault.Kind)
        {
            case FaultKind.EmptyList:
                return [];
            case FaultKind.LostItems:
                var from = (items.Count - amount) / 2;
                return [.. items.Take(from), .. items.Skip(from + amount)];
            case FaultKind.UnorderedIds when items.Count > 1:
                var middle = items.Count / 2;
                return [.. items.Take(middle - 1), items[middle], items[middle - 1], .. items.Skip(middle + 1)];
            default:
                return items;
        }
    }
}
