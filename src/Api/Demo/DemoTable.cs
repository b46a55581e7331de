using System.Globalization;
using System.Text;
using OrleansSync.Api.Bodies;
using OrleansSync.Api.Runs;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Demo;

/// <summary>What a run did for each user, for whoever wants to know it all.</summary>
internal static class DemoTable
{
    /// <summary>A run as a table: who, what, why, which employee, which fields.</summary>
    public static string Describe(RunResponse run)
    {
        var counts = run.Counts;
        List<string> lines =
        [
            $"Run {run.RunId} ({CamelCaseEnum<RunTrigger>.NameOf(run.Trigger)}) of account {run.AccountId}: "
                + $"{CamelCaseEnum<RunStatus>.NameOf(run.Status)}.",
            $"{counts.Users} users: {counts.Created} created, {counts.Linked} linked, {counts.Matched} matched, "
                + $"{counts.Skipped} skipped, {counts.Failed} failed; {counts.PhonesAdded} numbers added; "
                + $"{counts.AddedToResponsible} became responsible.",
        ];
        if (run.Error is { } error)
        {
            lines.Add(error.ToString());
        }

        lines.AddRange(run.Changes.IsEmpty ? ["Nothing had to be changed."] : ["", .. Table(run)]);
        return string.Join(Environment.NewLine, lines) + Environment.NewLine;
    }

    private static IEnumerable<string> Table(RunResponse run)
    {
        var rows = run.Changes.Select(Row).Prepend(["user", "name", "outcome", "employee", "why", "what was changed"]).ToList();
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => Width(row[column]))).ToArray();
        return rows.Select(row => string.Join("  ", row[..^1].Select((cell, column) => Pad(cell, widths[column])).Append(row[^1])));
    }

    private static string[] Row(ChangeResponse change) =>
    [
        $"{change.BitrixUserId}",
        string.IsNullOrWhiteSpace(change.Name) ? "(no name)" : change.Name,
        CamelCaseEnum<ChangeOutcome>.NameOf(change.Outcome),
        $"{change.CallGearEmployeeId}",
        change.Reason is { } reason ? CamelCaseEnum<ProblemCode>.NameOf(reason.Code) : Why(change.Outcome),
        string.Join("; ", change.Fields.Select(Text).Concat(change.Reason is { } why ? [why.Message] : [])),
    ];

    private static string Text(FieldChange field) =>
        field.From is { } before ? $"{field.Field}: {before} → {field.To}" : $"{field.Field}: {field.To}";

    private static string Why(ChangeOutcome outcome) => outcome switch
    {
        ChangeOutcome.Created => "no employee has its address",
        ChangeOutcome.Linked => "an employee has its address",
        ChangeOutcome.PhoneAdded => "its employee had no number",
        ChangeOutcome.Returned => "is back in Bitrix24",
        ChangeOutcome.RemovedFromResponsible => "is gone from Bitrix24",
        _ => "",
    };

    private static string Pad(string cell, int width) => cell + new string(' ', width - Width(cell));

    // Letters of East Asian scripts and emoji take two columns of a terminal, combining marks and joiners none.
    private static int Width(string text) => text.EnumerateRunes().Sum(rune => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
        _ => rune.Value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF) or (>= 0xFF00 and <= 0xFF60)
            or >= 0x1F300 ? 2 : 1,
    });
}
