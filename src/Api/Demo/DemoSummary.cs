using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace OrleansSync.Api.Demo;

/// <summary>A run in a few plain sentences.</summary>
internal static class DemoSummary
{
    /// <summary>How it went, how many users there are and what became of them, and where to change them: five lines at most.</summary>
    public static string Describe(JsonObject run, Uri sandbox)
    {
        var counts = new Counts(run);
        string?[] lines =
        [
            Status(run, counts),
            Users(counts, hasFailed: (string?)run["status"] == "failed"),
            Reasons(counts),
            counts.IsUnchanged ? null : Changes(counts),
            $"Change users and employees in the sandbox  {sandbox}_sandbox  (see src/Sandbox/README.md)",
        ];
        return string.Join(Environment.NewLine, lines.OfType<string>());
    }

    private static string Status(JsonObject run, Counts counts)
    {
        var status = (string?)run["status"] switch
        {
            "succeeded" => "The import finished.",
            "completedWithErrors" => "The import finished, with errors.",
            "held" => "The import finished, except for what waits for your approval.",
            "failed" => "The import failed.",
            var other => throw new UnreachableException($"A run that has ended is not {other}."),
        };
        return status
            + (counts.IsUnchanged ? " Nothing was changed." : "")
            + (run["error"] is { } error ? $" {error["code"]}: {error["message"]}" : "");
    }

    // A run that fails early has looked at nobody; that says nothing about how many there are.
    private static string? Users(Counts counts, bool hasFailed)
    {
        (int Count, string What)[] parts =
        [
            (counts["created"], "created"),
            (counts["linked"], "linked"),
            (counts.GivenNumber, "given a number"),
            (counts["matched"], "unchanged"),
            (counts["skipped"], "not imported"),
            (counts["failed"], "failed"),
        ];
        return counts["users"] switch
        {
            0 => hasFailed ? null : "There are no users to import.",
            var users => $"{Number(users, "user", "users")}: "
                + $"{string.Join(", ", parts.Where(part => part.Count > 0).Select(part => Text($"{part.Count} {part.What}")))}.",
        };
    }

    private static string? Reasons(Counts counts)
    {
        var reasons = counts.ReasonsNotImported.OrderByDescending(reason => reason.Count)
            .Select(reason => Text($"{Why(reason.Code)} ({reason.Count})")).ToList();
        return reasons.Count == 0 ? null : $"Not imported: {string.Join(", ", reasons)}.";
    }

    private static string Changes(Counts counts)
    {
        var refused = counts.NumbersRefused is var number and > 0 ? Text($", {number} refused") : "";
        var removed = counts["removedFromResponsible"] is var gone and > 0 ? Text($", {gone} no longer responsible") : "";
        var became = counts["addedToResponsible"] is var added and > 0 ? Number(added, "employee", "employees") : "nobody";
        return $"{Number(counts["phonesAdded"], "number", "numbers")} added{refused}; {became} became responsible{removed}.";
    }

    private static string Why(string code) => code switch
    {
        "missingLastName" => "no last name",
        "missingEmail" => "no e-mail address",
        "missingDepartment" => "no department",
        "ambiguousEmail" => "several employees with the same address",
        "emailTaken" => "address belongs to somebody else",
        "recreationGuard" => "employee is gone, and a new one waits for approval",
        _ => code,
    };

    private static string Number(int count, string one, string many) => count switch
    {
        0 => $"No {many}",
        1 => $"1 {one}",
        _ => Text($"{count} {many}"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed class Counts(JsonObject run)
    {
        private const string RemovalWaits = "deletionGuard";

        private readonly List<(string Outcome, string? Reason)> _changes =
            [.. run["changes"]!.AsArray().Select(change => ((string)change!["outcome"]!, (string?)change["reason"]?["code"]))];

        public int this[string name] => (int)run["counts"]![name]!;

        public bool IsUnchanged => (string[])["created", "linked", "phonesAdded", "addedToResponsible", "removedFromResponsible"]
            is var names && names.All(name => this[name] == 0);

        public int GivenNumber => _changes.Count(change => change.Outcome == "phoneAdded");

        public int NumbersRefused => _changes.Count(change => change.Reason == "phoneRejected");

        // Who has left and waits for approval is in the list of changes, but is none of the users.
        public IEnumerable<(string Code, int Count)> ReasonsNotImported => _changes
            .Where(change => change is { Outcome: "skipped", Reason: not null and not RemovalWaits })
            .CountBy(change => change.Reason!)
            .Select(reason => (reason.Key, reason.Value));
    }
}
