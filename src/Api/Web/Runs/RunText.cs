using Microsoft.Extensions.Localization;
using OrleansSync.Api.Web.Texts;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Web.Runs;

/// <summary>What a run did, in words.</summary>
internal static class RunText
{
    /// <summary>What it changed, such as “4 created, 1 left”; empty when it changed nothing.</summary>
    public static string Changes(RunSummary run, IStringLocalizer<WebText> texts) =>
        string.Join(", ", Parts(run.Counts).Where(part => part.Number > 0)
            .Select(part => texts.Count((run.DryRun ? "WouldBe_" : "Part_") + part.Name, part.Number)));

    /// <summary>What it found and did, in one sentence.</summary>
    public static string Sentence(RunSummary run, IStringLocalizer<WebText> texts)
    {
        var parts = new[] { ("matched", run.Counts.Matched) }.Concat(Parts(run.Counts)).Concat(Rest(run.Counts))
            .Where(part => part.Item2 > 0)
            .Select(part => texts.Count((run.DryRun ? "WouldBe_" : "Part_") + part.Item1, part.Item2))
            .ToList();
        return parts.Count == 0
            ? texts.Count("PeopleReadOnly", run.Counts.Users)
            : texts.Count("PeopleRead", run.Counts.Users, string.Join(", ", parts));
    }

    /// <summary>Which share of the people each part is, in the order of the sentence.</summary>
    public static IEnumerable<(string Name, int Number, string Colour)> Shares(RunCounts counts)
    {
        (string, int, string)[] all =
        [
            ("matched", counts.Matched, "--calm-line"), ("created", counts.Created, "--kind-created"),
            ("linked", counts.Linked, "--kind-linked"), ("phones", counts.PhonesAdded, "--kind-updated"),
            ("left", counts.RemovedFromResponsible, "--kind-left"), ("skipped", counts.Skipped, "--warn-line"),
            ("failed", counts.Failed, "--kind-failed"),
        ];
        return all.Where(share => share.Item2 > 0);
    }

    private static (string Name, int Number)[] Parts(RunCounts counts) =>
    [
        ("created", counts.Created), ("linked", counts.Linked), ("phones", counts.PhonesAdded), ("left", counts.RemovedFromResponsible),
    ];

    private static (string Name, int Number)[] Rest(RunCounts counts) => [("skipped", counts.Skipped), ("failed", counts.Failed)];
}
