using System.Data.Common;
using System.Globalization;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Storage.Rows;

/// <summary>Which rows are wanted, as a condition with its values.</summary>
internal sealed class RowFilter
{
    private readonly List<string> _conditions;
    private readonly List<(string Name, RowValue Value)> _values = [];

    private RowFilter(string always) => _conditions = [always];

    /// <summary>Whether nothing is left out that could be shown.</summary>
    public bool IsEmpty => _conditions.Count == 1;

    public string Condition => string.Join(" AND ", _conditions);

    /// <summary>Which accounts are wanted, as a condition on their table at the moment <c>@now</c>.</summary>
    public static RowFilter Of(AccountQuery query) => new RowFilter("NOT is_being_erased")
        .With($"{AccountRows.ShownStatus} = @status", "status", query.Status?.ToString())
        .With($"{AccountRows.ShownProblem} = @problem", "problem", query.Problem?.ToString())
        .With("folded LIKE @pattern ESCAPE '!'", "pattern", FoldedText.Pattern(query.Query));

    /// <summary>Which known users are wanted, as a condition on <see cref="UserRowReader.ShownTables"/>.</summary>
    /// <param name="outcome">Only these, or null for all.</param>
    /// <param name="reason">Only those with this reason, or null for all.</param>
    /// <param name="query">Part of a name or e-mail address, or an id as ids are written; null for all.</param>
    /// <param name="takenOut">R7.2: only those who are imported and not responsible.</param>
    public static RowFilter OfUsers(EmployeeOutcome? outcome, ProblemCode? reason, string? query, bool takenOut)
    {
        var filter = new RowFilter("e.outcome IS NOT NULL")
            .With($"{UserRowReader.ShownOutcome} = @outcome", "outcome", outcome?.ToString())
            .With($"{UserRowReader.ShownReason} = @reason", "reason", reason?.ToString());
        if (FoldedText.Pattern(query) is { } pattern)
        {
            filter.With("(e.folded LIKE @pattern ESCAPE '!' OR CAST(e.user_id AS text) = @id)", "pattern", pattern);
            filter._values.Add(("id", query!.Trim()));
        }

        if (takenOut)
        {
            filter._conditions.Add($"{UserRowReader.Imported} AND (NOT e.is_listed OR x.user_id IS NOT NULL)");
        }

        return filter;
    }

    /// <summary>Which users of all accounts are wanted, as a condition on <see cref="UserRowReader.ShownTables"/>.</summary>
    /// <param name="text">A whole e-mail address, or a whole id in Bitrix24 or CallGear.</param>
    public static RowFilter OfUsersEverywhere(string text)
    {
        var filter = new RowFilter("e.outcome IS NOT NULL AND NOT a.is_being_erased");
        var isId = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id);
        filter._conditions.Add(isId
            ? "(e.user_id = @wanted OR e.employee_id = @wanted)"
            : $"e.email IS NOT NULL AND {UserRowReader.FoldedEmail} = @wanted");
        filter._values.Add(("wanted", isId ? id : FoldedText.Of(text, null)));
        return filter;
    }

    public void Bind(DbCommand command) => _values.ForEach(given => command.With(given.Name, given.Value));

    private RowFilter With(string condition, string name, string? value)
    {
        if (value is not null)
        {
            _conditions.Add(condition);
            _values.Add((name, value));
        }

        return this;
    }
}
