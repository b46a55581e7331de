using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Web.Runs;

/// <summary>Changes of one kind, as a run's page shows them together.</summary>
/// <param name="Outcome">The kind.</param>
/// <param name="Tone">The name of its colours.</param>
/// <param name="Icon">Its picture.</param>
internal sealed record ChangeKind(ChangeOutcome Outcome, string Tone, string Icon)
{
    /// <summary>What is wrong first, then what goes, then what was done, then whom nothing was done for.</summary>
    public static IReadOnlyList<ChangeKind> InOrder { get; } =
    [
        new(ChangeOutcome.Failed, "bad", "failed"),
        new(ChangeOutcome.RemovedFromResponsible, "warn", "personout"),
        new(ChangeOutcome.PhoneAdded, "calm", "call"),
        new(ChangeOutcome.Linked, "calm", "link"),
        new(ChangeOutcome.Created, "busy", "personadd"),
        new(ChangeOutcome.Returned, "calm", "undo"),
        new(ChangeOutcome.Skipped, "calm", "prohibited"),
    ];

    public static ChangeKind Of(ChangeOutcome outcome) => InOrder.Single(kind => kind.Outcome == outcome);
}
