namespace OrleansSync.Grains.Interfaces.Runs;

/// <summary>A request for a run.</summary>
/// <param name="Trigger">Why it is wanted.</param>
/// <param name="DryRun">R8.3: report only.</param>
/// <param name="OnlyUser">R8.8: deal with this user only; null for all.</param>
[GenerateSerializer, Immutable, Alias("RunRequest")]
public sealed record RunRequest(
    [property: Id(0)] RunTrigger Trigger, [property: Id(1)] bool DryRun = false, [property: Id(2)] long? OnlyUser = null);

/// <summary>How a request for a run, or an approval, ended.</summary>
[GenerateSerializer, Alias("RunRequestOutcome")]
public enum RunRequestOutcome
{
    /// <summary>A run is queued or under way for it.</summary>
    Accepted,

    /// <summary>There is no such account.</summary>
    NoAccount,

    /// <summary>There is no such run.</summary>
    NoRun,

    /// <summary>The run to approve is not held, or was approved and done.</summary>
    NotHeld,

    /// <summary>R1.5, R8.9: the account takes no runs by event now; nothing is lost.</summary>
    NotNow,

    /// <summary>Too many runs wait already; try again later.</summary>
    QueueFull,

    /// <summary>The run to stop has ended.</summary>
    Ended,
}

/// <summary>The answer to a request for a run.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Run">The run, when it was accepted.</param>
[GenerateSerializer, Immutable, Alias("RunRequestAnswer")]
public sealed record RunRequestAnswer([property: Id(0)] RunRequestOutcome Outcome, [property: Id(1)] RunSummary? Run = null);
