using System.Collections.Immutable;
using Orleans.Concurrency;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Activity;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Interfaces.Directory;

/// <summary>What lists and filters need of an account.</summary>
/// <param name="AccountId">The account's id.</param>
/// <param name="DisplayName">The name people see.</param>
/// <param name="Status">Its status when it last changed.</param>
/// <param name="PortalKey"><see cref="Bitrix24Access.PortalKey"/> of its portal, which several accounts may share.</param>
[GenerateSerializer, Immutable, Alias("DirectoryEntry")]
public sealed record DirectoryEntry(
    [property: Id(0)] string AccountId,
    [property: Id(1)] string DisplayName,
    [property: Id(2)] AccountStatus Status,
    [property: Id(3)] string PortalKey)
{
    /// <summary><see cref="AccountCounts.Employees"/> after its last run.</summary>
    [Id(4)] public int Imported { get; init; }

    /// <summary><see cref="AccountCounts.NotImported"/> after its last run.</summary>
    [Id(5)] public int NotImported { get; init; }

    /// <summary>When a run last read both lists and did its work; null for never.</summary>
    [Id(6)] public DateTimeOffset? LastSuccessAt { get; init; }
}

/// <summary>
/// What can be asked of all accounts together. Accounts that are being erased are not there. Key: <see cref="GrainKeys.Directory"/>.
/// </summary>
[Alias("IAccountDirectoryGrain")]
public interface IAccountDirectoryGrain : IGrainWithStringKey
{
    /// <summary>A page of the accounts that match, by rising id.</summary>
    /// <param name="query">Which accounts.</param>
    /// <param name="after">The last id of the page before; null for the start.</param>
    /// <param name="limit">The most to answer.</param>
    [Alias("Page"), AlwaysInterleave]
    Task<ImmutableArray<DirectoryEntry>> PageAsync(AccountQuery query, string? after, int limit);

    /// <summary>A stretch of the accounts that match, in the order that the query asks for.</summary>
    /// <param name="query">Which accounts.</param>
    /// <param name="skip">How many to leave out.</param>
    /// <param name="take">The most to answer.</param>
    [Alias("Browse"), AlwaysInterleave]
    Task<ImmutableArray<DirectoryEntry>> BrowseAsync(AccountQuery query, int skip, int take);

    /// <summary>
    /// The last runs of some accounts that have ended and were no previews, newest first, by account; who has none is left out.
    /// </summary>
    /// <param name="accountIds">The accounts, of whom those that are on one page are meant.</param>
    /// <param name="most">The most runs of each to answer.</param>
    [Alias("RecentRuns"), AlwaysInterleave]
    Task<ImmutableDictionary<string, ImmutableArray<RunMark>>> RecentRunsAsync(ImmutableArray<string> accountIds, int most);

    /// <summary>How many of the accounts that match have each status; <see cref="AccountQuery.Status"/> is left aside.</summary>
    /// <param name="query">Which accounts.</param>
    [Alias("Count"), AlwaysInterleave]
    Task<ImmutableDictionary<AccountStatus, int>> CountAsync(AccountQuery query);

    /// <summary>
    /// The known users of all accounts with an e-mail address, compared without regard to case, or with an id in Bitrix24 or CallGear, by
    /// the account's name and user id; at most <see cref="AccountUser.Most"/>.
    /// </summary>
    /// <param name="text">The whole address, or the whole id in decimal digits; spaces around it do not matter.</param>
    [Alias("FindUsers"), AlwaysInterleave]
    Task<ImmutableArray<AccountUser>> FindUsersAsync(string text);

    /// <summary>The accounts of one portal, by rising id.</summary>
    /// <param name="portalKey"><see cref="Bitrix24Access.PortalKey"/>.</param>
    [Alias("OfPortal"), AlwaysInterleave]
    Task<ImmutableArray<string>> OfPortalAsync(string portalKey);

    /// <summary>
    /// The account that is neither paused nor in need of a person and whose last run is longest ago; null when none is before a time.
    /// </summary>
    /// <param name="before">Only accounts whose last run, or connection when there was none, is before this.</param>
    [Alias("LongestWaiting"), AlwaysInterleave]
    Task<OverdueAccount?> LongestWaitingAsync(DateTimeOffset before);

    /// <summary>What the runs of all accounts came to; anew with every minute.</summary>
    /// <param name="range">How far back.</param>
    [Alias("Activity"), AlwaysInterleave]
    Task<ActivityReport> ActivityAsync(ActivityRange range);

    /// <summary>
    /// Answers, so that the caller knows that a silo does; asks nothing of the database, whose condition every process watches itself.
    /// </summary>
    [Alias("Reach"), AlwaysInterleave]
    Task ReachAsync();
}
