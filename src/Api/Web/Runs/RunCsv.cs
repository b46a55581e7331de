using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using OrleansSync.Api.Bodies;
using OrleansSync.Api.Web.Times;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Web.Runs;

/// <summary>
/// Writes CSV by RFC 4180. What people typed in Bitrix24 is kept from being run as a formula by the spreadsheet that opens it, and from
/// turning round the rest of its line.
/// </summary>
internal static class RunCsv
{
    private const string LineEnd = "\r\n";

    private static readonly char[] _quoted = ['"', ',', '\r', '\n'];

    /// <summary>One line a run.</summary>
    public static byte[] OfRuns(IEnumerable<RunSummary> runs) => Write(
        ["runId", "trigger", "dryRun", "status", "requestedAt", "startedAt", "finishedAt", "users", "created", "linked", "matched",
            "skipped", "failed", "phonesAdded", "addedToResponsible", "removedFromResponsible", "error"],
        runs.Select(run => (string?[])
        [
            run.RunId, CamelCaseEnum<RunTrigger>.NameOf(run.Trigger), run.DryRun ? "true" : "false",
            CamelCaseEnum<RunStatus>.NameOf(run.Status),
            At(run.RequestedAt), At(run.StartedAt), At(run.FinishedAt),
            Number(run.Counts.Users), Number(run.Counts.Created), Number(run.Counts.Linked), Number(run.Counts.Matched),
            Number(run.Counts.Skipped), Number(run.Counts.Failed), Number(run.Counts.PhonesAdded),
            Number(run.Counts.AddedToResponsible), Number(run.Counts.RemovedFromResponsible),
            Code(run.Error),
        ]));

    /// <summary>One line a changed field, and one for a change without fields.</summary>
    public static byte[] OfChanges(ImmutableArray<RunChange> changes) => Write(
        ["bitrixUserId", "name", "outcome", "reason", "message", "callGearEmployeeId", "field", "from", "to"],
        from change in changes
        from field in change.Fields.IsEmpty ? [null] : change.Fields.Cast<FieldChange?>()
        select (string?[])
        [
            Number(change.BitrixUserId), change.Name, CamelCaseEnum<ChangeOutcome>.NameOf(change.Outcome), Code(change.Reason),
            change.Reason?.Message, change.CallGearEmployeeId is { } employee ? Number(employee) : null,
            field?.Field, field?.From, field?.To,
        ]);

    private static byte[] Write(string[] heads, IEnumerable<string?[]> lines)
    {
        var text = new StringBuilder(string.Join(',', heads)).Append(LineEnd);
        foreach (var line in lines)
        {
            text.AppendJoin(',', line.Select(Cell)).Append(LineEnd);
        }

        // With the mark, without which spreadsheets take it for another encoding.
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    private static string Cell(string? value)
    {
        var text = value is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + value : value ?? "";
        text = QuotedText.HasDirectionMarks(text) ? QuotedText.Of(text) : text;
        return text.IndexOfAny(_quoted) < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string? At(DateTimeOffset? at) => at is { } known ? Moment.Machine(known) : null;

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? Code(Problem? problem) => problem is null ? null : CamelCaseEnum<ProblemCode>.NameOf(problem.Code);
}
