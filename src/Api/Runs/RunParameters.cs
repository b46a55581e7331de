using System.ComponentModel.DataAnnotations;
using OrleansSync.Api.Parameters;

namespace OrleansSync.Api.Runs;

/// <summary>Which page of the runs is listed.</summary>
public sealed class RunListParameters() : PageParameters('r');

/// <summary>Which run is wanted, and how long its end is waited for.</summary>
public sealed class SynchronizeParameters : QueryParameters
{
    /// <summary>Seconds to wait for the run's end: 200 with the finished run, or 202 if it still runs then.</summary>
    [Range(1, 300, ErrorMessage = "must be a whole number from {1} to {2}.")]
    public int? Wait { get; init; }

    /// <summary>R8.3: report what a run would do, and change nothing.</summary>
    public bool? DryRun { get; init; }

    /// <summary>R8.8: deal with this Bitrix24 user alone.</summary>
    [Range(typeof(long), "1", "9223372036854775807", ErrorMessage = "must be a whole number from {1}.")]
    public long? User { get; init; }
}
