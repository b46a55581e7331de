using System.Diagnostics;
using OrleansSync.Api.Bodies;
using OrleansSync.Api.Runs;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Demo;

/// <summary>A run in a few plain sentences.</summary>
internal static class DemoSummary
{
    /// <summary>How it went, how many users there are and what became of them, and where to change them: five lines at most.</summary>
    public static string Describe(RunResponse run, Uri sandbox)
    {
        var isUnchanged =
            run.Counts is { Created: 0, Linked: 0, PhonesAdded: 0, AddedToResponsible: 0, RemovedFromResponsible: 0 };
        string?[] lines =
        [
            Status(run.Status) + (isUnchanged ? " Nothing was changed." : "") + (run.Error is { } error ? $" {error}" : ""),
            Users(run),
            Reasons(run),
            isUnchanged ? null : Changes(run),
            $"Change users and employees in the sandbox  {sandbox}_sandbox  (see src/Sandbox/README.md)",
        ];
        return string.Join(Environment.NewLine, lines.OfType<string>());
    }

    private static string Status(RunStatus status) => status switch
    {
        RunStatus.Succeeded => "The import finished.",
        RunStatus.CompletedWithErrors => "The import finished, with errors.",
        RunStatus.Held => "The import finished, except for what waits for your approval.",
        RunStatus.Failed => "The import failed.",
        var other => throw new UnreachableException($"A run that has ended is not {other}."),
    };

    private static string? Users(RunResponse run)
    {
        var counts = run.Counts;
        if (counts.Users == 0)
        {
            // A run that fails early has looked at nobody; that says nothing about how many there are.
            return run.Status == RunStatus.Failed ? null : "There are no users to import.";
        }

        (int Count, string What)[] parts =
        [
            (counts.Created, "created"),
            (counts.Linked, "linked"),
            (run.Changes.Count(change => change.Outcome == ChangeOutcome.PhoneAdded), "given a number"),
            (counts.Matched, "unchanged"),
            (counts.Skipped, "not imported"),
            (counts.Failed, "failed"),
        ];
        var known = parts.Where(part => part.Count > 0).Select(part => $"{part.Count} {part.What}");
        return $"{Number(counts.Users, "user", "users")}: {string.Join(", ", known)}.";
    }

    // Who has left and waits for approval is in the list of changes, but is none of the users.
    private static string? Reasons(RunResponse run)
    {
        var reasons = run.Changes
            .Where(change => change is { Outcome: ChangeOutcome.Skipped, Reason.Code: not ProblemCode.DeletionGuard })
            .CountBy(change => change.Reason!.Code)
            .OrderByDescending(reason => reason.Value)
            .Select(reason => $"{Why(reason.Key)} ({reason.Value})").ToList();
        return reasons.Count == 0 ? null : $"Not imported: {string.Join(", ", reasons)}.";
    }

    private static string Changes(RunResponse run)
    {
        var counts = run.Counts;
        var refused = run.Changes.Count(change => change.Reason?.Code == ProblemCode.PhoneRejected);
        return $"{Number(counts.PhonesAdded, "number", "numbers")} added{(refused > 0 ? $", {refused} refused" : "")}; "
            + (counts.AddedToResponsible > 0 ? Number(counts.AddedToResponsible, "employee", "employees") : "nobody")
            + " became responsible"
            + (counts.RemovedFromResponsible > 0 ? $", {counts.RemovedFromResponsible} no longer responsible." : ".");
    }

    private static string Why(ProblemCode code) => code switch
    {
        ProblemCode.MissingLastName => "no last name",
        ProblemCode.MissingEmail => "no e-mail address",
        ProblemCode.MissingDepartment => "no department",
        ProblemCode.AmbiguousEmail => "several employees with the same address",
        ProblemCode.EmailTaken => "address belongs to somebody else",
        ProblemCode.RecreationGuard => "employee is gone, and a new one waits for approval",
        _ => CamelCaseEnum<ProblemCode>.NameOf(code),
    };

    private static string Number(int count, string one, string many) => count switch
    {
        0 => $"No {many}",
        1 => $"1 {one}",
        _ => $"{count} {many}",
    };
}
