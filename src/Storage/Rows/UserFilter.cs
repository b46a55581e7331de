using System.Data.Common;
using System.Globalization;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Employees;

namespace OrleansSync.Storage.Rows;

/// <summary>Which known users are wanted, as a condition on <see cref="UserRowReader.ShownTables"/>.</summary>
/// <param name="Outcome">Only these, or null for all.</param>
/// <param name="Reason">Only those with this reason, or null for all.</param>
/// <param name="Query">Part of a name or e-mail address, or an id; null for all.</param>
/// <param name="TakenOut">R7.2: only those who are imported and not responsible.</param>
internal sealed record UserFilter(EmployeeOutcome? Outcome, ProblemCode? Reason, string? Query, bool TakenOut)
{
    private readonly string? _pattern = FoldedText.Pattern(Query);

    public bool IsEmpty => Outcome is null && Reason is null && _pattern is null && !TakenOut;

    public string Condition => string.Join(" AND ", new[]
    {
        "e.outcome IS NOT NULL",
        Outcome is null ? null : $"{UserRowReader.ShownOutcome} = @outcome",
        Reason is null ? null : $"{UserRowReader.ShownReason} = @reason",
        _pattern is null ? null : "(e.folded LIKE @pattern ESCAPE '!' OR e.user_id = @id)",
        TakenOut ? "e.employee_id IS NOT NULL AND e.outcome <> 'Deleted' AND (NOT e.is_listed OR x.user_id IS NOT NULL)" : null,
    }.OfType<string>());

    public void Bind(DbCommand command)
    {
        if (Outcome is { } outcome)
        {
            command.Text("outcome", outcome.ToString());
        }

        if (Reason is { } reason)
        {
            command.Text("reason", reason.ToString());
        }

        if (_pattern is not null)
        {
            // Only as ids are written: 012 is not the id 12.
            var text = Query!.Trim();
            var isId = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var user)
                && user.ToString(CultureInfo.InvariantCulture) == text;
            var id = isId ? user : -1;
            command.Text("pattern", _pattern).Number("id", id);
        }
    }
}
