using OrleansSync.Sandbox;

namespace OrleansSync.Testing.Services;

/// <summary>What differs between the services that tests start.</summary>
internal sealed record ServiceOptions
{
    /// <summary>So long that no scheduled run gets into tests that do not look at the schedule.</summary>
    public const string NoSchedule = "7.00:00:00";

    /// <summary>The schedule's period.</summary>
    public string Period { get; init; } = NoSchedule;

    /// <summary>The sandbox whose OAuth application the service has; null for none.</summary>
    public SandboxServer? OAuth { get; init; }

    /// <summary>Silos of a cluster.</summary>
    public int Silos { get; init; } = 2;

    /// <summary>Further settings in their environment form.</summary>
    public IReadOnlyDictionary<string, string> More { get; init; } = new Dictionary<string, string>();
}
