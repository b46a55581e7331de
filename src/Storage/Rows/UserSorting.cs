using OrleansSync.Grains.Interfaces.Employees;

namespace OrleansSync.Storage.Rows;

/// <summary>In which order known users are listed, as what follows <c>ORDER BY</c>.</summary>
internal static class UserSorting
{
    private static readonly string _rank = $"CASE {UserRowReader.ShownOutcome} "
        + string.Join(' ', Enum.GetValues<EmployeeOutcome>().Select(outcome => $"WHEN '{outcome}' THEN {(int)outcome}"))
        + $" ELSE {(int)EmployeeOutcome.Failed} END";

    /// <summary>The order that a stretch asks for; of <see cref="UserRowReader.ShownTables"/>.</summary>
    public static string Of(EmployeeStretch stretch, IRowEngine engine)
    {
        var direction = stretch.IsDescending ? "DESC" : "ASC";
        return stretch.Order switch
        {
            EmployeeOrder.Name => $"e.folded {engine.Ordinal} {direction}, e.user_id",
            EmployeeOrder.Email => $"nullif({UserRowReader.FoldedEmail}, '') {engine.Ordinal} {direction} NULLS LAST, e.user_id",
            EmployeeOrder.Outcome => $"{_rank} {direction}, e.user_id",
            EmployeeOrder.LinkedAt => $"e.linked_at {direction} NULLS LAST, e.user_id",
            EmployeeOrder.CallGearId => $"e.employee_id {direction} NULLS LAST, e.user_id",
            _ => $"e.user_id {direction}",
        };
    }
}
