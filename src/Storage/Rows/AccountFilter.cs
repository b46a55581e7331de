using System.Data.Common;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Storage.Rows;

/// <summary>Which accounts are wanted, as a condition on the table of accounts.</summary>
internal sealed class AccountFilter(AccountQuery query)
{
    private readonly string? _pattern = FoldedText.Pattern(query.Query);

    public string Condition => string.Join(" AND ", new[]
    {
        "NOT is_being_erased",
        query.Status is null ? null : "status = @status",
        query.Problem is null ? null : "problem = @problem",
        _pattern is null ? null : "folded LIKE @pattern ESCAPE '!'",
    }.OfType<string>());

    public void Bind(DbCommand command)
    {
        if (query.Status is { } status)
        {
            command.Text("status", status.ToString());
        }

        if (query.Problem is { } problem)
        {
            command.Text("problem", problem.ToString());
        }

        if (_pattern is not null)
        {
            command.Text("pattern", _pattern);
        }
    }
}
