using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Storage.Rows;

/// <summary>In which order accounts are listed, as what follows <c>ORDER BY</c>; at the moment <c>@now</c>.</summary>
internal static class AccountSorting
{
    private static readonly string _urgency =
        $"CASE WHEN {AccountRows.IsOverdue} THEN {(int)AccountStatus.Failing} ELSE status_rank END";

    /// <summary>The order that a query asks for.</summary>
    public static string Of(AccountQuery query, IRowEngine engine)
    {
        var (direction, opposite) = query.IsDescending ? ("DESC", "ASC") : ("ASC", "DESC");
        var name = $"folded_name {engine.Ordinal}";
        return query.Order switch
        {
            AccountOrder.Name => $"{name} {direction}, account_id",
            AccountOrder.Id => $"account_id {direction}",
            AccountOrder.Imported => $"imported {direction}, {name}, account_id",
            AccountOrder.NotImported => $"not_imported {direction}, {name}, account_id",
            AccountOrder.LastSuccess => $"last_success_at {direction} NULLS LAST, {name}, account_id",
            _ => $"{_urgency} {opposite}, {name}, account_id",
        };
    }
}
