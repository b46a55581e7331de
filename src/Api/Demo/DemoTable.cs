using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace OrleansSync.Api.Demo;

/// <summary>What a run did for each user, for whoever wants to know it all.</summary>
internal static class DemoTable
{
    private const string Gap = "  ";

    /// <summary>A run as a table: who, what, why, which employee, which fields.</summary>
    public static string Describe(JsonObject run)
    {
        var counts = run["counts"]!;
        var changes = run["changes"]!.AsArray().Select(change => change!.AsObject()).ToList();
        var text = new StringBuilder()
            .AppendLine(
                CultureInfo.InvariantCulture, $"Run {run["runId"]} ({run["trigger"]}) of account {run["accountId"]}: {run["status"]}.")
            .AppendLine(CultureInfo.InvariantCulture,
                $"{counts["users"]} users: {counts["created"]} created, {counts["linked"]} linked, {counts["matched"]} matched, "
                + $"{counts["skipped"]} skipped, {counts["failed"]} failed; {counts["phonesAdded"]} numbers added; "
                + $"{counts["addedToResponsible"]} became responsible.");
        if (run["error"] is { } error)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{error["code"]}: {error["message"]}");
        }

        if (changes.Count == 0)
        {
            return text.AppendLine("Nothing had to be changed.").ToString();
        }

        var rows = changes.Select(Row).Prepend(["user", "name", "outcome", "employee", "why", "what was changed"]).ToList();
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => Width(row[column]))).ToArray();
        text.AppendLine();
        foreach (var row in rows)
        {
            text.AppendLine(string.Join(Gap, row.Select((cell, column) => column == row.Length - 1 ? cell : Pad(cell, widths[column]))));
        }

        return text.ToString();
    }

    private static string[] Row(JsonObject change)
    {
        var outcome = (string)change["outcome"]!;
        return
        [
            change["bitrixUserId"]!.ToString(),
            Shown((string?)change["name"]),
            outcome,
            change["callGearEmployeeId"]?.ToString() ?? "",
            (string?)change["reason"]?["code"] ?? Why(outcome),
            Detail(change),
        ];
    }

    private static string Detail(JsonObject change)
    {
        var fields = change["fields"]!.AsArray().Select(field => field!["from"] is { } before
            ? $"{field["field"]}: {before} → {field["to"]}"
            : $"{field["field"]}: {field["to"]}");
        var message = (string?)change["reason"]?["message"];
        return string.Join("; ", message is null ? fields : fields.Append(message));
    }

    private static string Why(string outcome) => outcome switch
    {
        "created" => "no employee has its address",
        "linked" => "an employee has its address",
        "phoneAdded" => "its employee had no number",
        "returned" => "is back in Bitrix24",
        "removedFromResponsible" => "is gone from Bitrix24",
        _ => "",
    };

    private static string Shown(string? name) => string.IsNullOrWhiteSpace(name) ? "(no name)" : name;

    private static string Pad(string cell, int width) => cell + new string(' ', width - Width(cell));

    // Letters of East Asian scripts and emoji take two columns of a terminal, combining marks and joiners none.
    private static int Width(string text) => text.EnumerateRunes().Sum(rune => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
        _ => rune.Value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF) or (>= 0xFF00 and <= 0xFF60)
            or >= 0x1F300 ? 2 : 1,
    });
}
