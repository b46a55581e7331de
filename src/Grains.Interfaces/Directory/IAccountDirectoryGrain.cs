using System.Collections.Immutable;
using Orleans.Concurrency;

namespace OrleansSync.Grains.Interfaces;

/// <summary>What the directory knows of an account, so that accounts can be listed and filtered without asking each.</summary>
/// <param name="AccountId">The account's id.</param>
/// <param name="DisplayName">The name people see.</param>
/// <param name="Status">Its status when it last changed.</param>
/// <param name="PortalKey"><see cref="Bitrix24Access.PortalKey"/> of its portal, which several accounts may share; null when an earlier release wrote the entry.</param>
[GenerateSerializer, Immutable, Alias("DirectoryEntry")]
public sealed record DirectoryEntry(
    [property: Id(0)] string AccountId,
    [property: Id(1)] string DisplayName,
    [property: Id(2)] AccountStatus Status,
    [property: Id(3)] string? PortalKey = null);

/// <summary>One shard of the list of accounts. Key: <see cref="GrainKeys.Directory"/>.</summary>
[Alias("IAccountDirectoryGrain")]
public interface IAccountDirectoryGrain : IGrainWithStringKey
{
    /// <summary>Adds or replaces an account's entry; the same entry again costs nothing.</summary>
    [Alias("Set")]
    Task SetAsync(DirectoryEntry entry);

    /// <summary>Takes an account out.</summary>
    [Alias("Remove")]
    Task RemoveAsync(string accountId);

    /// <summary>
    /// Has each of the shard's accounts look whether it is overdue, a few at a time. Ticks that pass while no silo owns them are lost, so that somebody has to look
    /// after silos came or went.
    /// </summary>
    [Alias("Sweep"), AlwaysInterleave, ResponseTimeout("00:10:00")]
    Task SweepAsync(CancellationToken cancellationToken);

    /// <summary>The shard's accounts, in no particular order.</summary>
    [Alias("List"), AlwaysInterleave]
    Task<ImmutableArray<DirectoryEntry>> ListAsync();
}
