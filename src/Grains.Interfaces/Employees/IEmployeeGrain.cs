using System.Collections.Immutable;
using Orleans.Concurrency;

namespace OrleansSync.Grains.Interfaces;

/// <summary>
/// Owns one user's link, and its history. Key: <see cref="GrainKeys.User"/>.
/// </summary>
[Alias("IEmployeeGrain")]
public interface IEmployeeGrain : IGrainWithStringKey
{
    /// <summary>
    /// Carries out what a run wants for the user and stores the link as soon as CallGear has answered (R3.8). A user that is linked already, because an earlier run
    /// was interrupted, is left alone.
    /// </summary>
    [Alias("Apply"), ResponseTimeout("00:30:00")]
    Task<EmployeeResult> ApplyAsync(EmployeeInstruction instruction, CallContext context, CancellationToken cancellationToken);

    /// <summary>The stored link.</summary>
    [Alias("GetLink")]
    Task<EmployeeLink?> GetLinkAsync();

    /// <summary>What happened to the user, newest first; answered also while an instruction is carried out, which may wait for a vendor's limits for minutes.</summary>
    [Alias("GetHistory"), AlwaysInterleave]
    Task<ImmutableArray<HistoryEntry>> GetHistoryAsync();

    /// <summary>Erases the link and the history.</summary>
    [Alias("Clear")]
    Task ClearAsync();
}
