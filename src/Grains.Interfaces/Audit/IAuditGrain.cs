using Orleans.Concurrency;

namespace OrleansSync.Grains.Interfaces.Audit;

/// <summary>
/// The audit trail of one account: what people and keys changed. Entries are only ever added. Key: <see cref="GrainKeys.Account"/>.
/// </summary>
[Alias("IAuditGrain")]
public interface IAuditGrain : IGrainWithStringKey
{
    /// <summary>Adds an entry; one of an account that is gone is not kept.</summary>
    /// <param name="entry">What was done, by whom, when.</param>
    [Alias("Append")]
    Task AppendAsync(AuditEntry entry);

    /// <summary>The trail, newest first, as far back as it is kept.</summary>
    /// <param name="cursor">Where to go on, from the page before; null for the start.</param>
    /// <param name="limit">The most entries to answer.</param>
    [Alias("List"), AlwaysInterleave]
    Task<Page<AuditEntry>> ListAsync(string? cursor, int limit);
}
