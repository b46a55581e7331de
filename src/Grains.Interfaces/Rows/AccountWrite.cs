using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Directory;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Interfaces.Rows;

/// <summary>A write of an account's row with what belongs to it, all or nothing.</summary>
public sealed record AccountWrite
{
    /// <summary>The row as it is to be, with its new version.</summary>
    public required AccountRow Row { get; init; }

    /// <summary>The version that the stored row must have; null when there must be none.</summary>
    public long? Expected { get; init; }

    /// <summary>The run that ends with this write; null for none.</summary>
    public ClosedRun? Run { get; init; }
}

/// <summary>A run that ends, as it is stored.</summary>
public sealed record ClosedRun
{
    /// <summary>The run.</summary>
    public required RunSummary Summary { get; init; }

    /// <summary>Its place among the account's runs: rises by one with each, and is never used again.</summary>
    public required long Number { get; init; }

    /// <summary>Which of the standing changes it reported.</summary>
    public required StandingScope Scope { get; init; }

    /// <summary>Users whose standing change it did not find any more.</summary>
    public ImmutableArray<long> Ended { get; init; } = [];

    /// <summary>Changes that it found first, and that stand until a later run ends them.</summary>
    public ImmutableArray<RunChange> Begun { get; init; } = [];

    /// <summary>Changes that are this run's alone and that no user's grain has written: those of a dry run.</summary>
    public ImmutableArray<RunChange> Own { get; init; } = [];

    /// <summary>The number of the newest run that is forgotten; it and all before it go with their changes. Null for none.</summary>
    public long? ForgottenUpTo { get; init; }
}

/// <summary>Which standing changes a run reported.</summary>
public enum StandingScope
{
    /// <summary>None: it decided on nobody, or only said what it would do.</summary>
    None,

    /// <summary>Those of everybody.</summary>
    All,

    /// <summary>That of the only user it dealt with (R8.8).</summary>
    OnlyUser,
}

/// <summary>Which accounts are wanted.</summary>
/// <param name="Status">Only accounts with this status; null for all.</param>
/// <param name="Problem">Only accounts with this problem; null for all.</param>
/// <param name="Query">Part of the id or the display name, compared without regard to case; null for all.</param>
[GenerateSerializer, Immutable, Alias("AccountQuery")]
public sealed record AccountQuery(
    [property: Id(0)] AccountStatus? Status = null, [property: Id(1)] ProblemCode? Problem = null, [property: Id(2)] string? Query = null)
{
    /// <summary>What a stretch is sorted by; pages go by rising id whatever this says.</summary>
    [Id(3)] public AccountOrder Order { get; init; }

    /// <summary>Whether the order of a stretch is turned round; who has nothing to be sorted by comes last all the same.</summary>
    [Id(4)] public bool IsDescending { get; init; }
}

/// <summary>What accounts are sorted by; those that are alike in it are sorted by name, and then by id.</summary>
[GenerateSerializer, Alias("AccountOrder")]
public enum AccountOrder
{
    /// <summary>The status: what needs a person first.</summary>
    Urgency,

    /// <summary>The display name without regard to case, by code point.</summary>
    Name,

    /// <summary>The id.</summary>
    Id,

    /// <summary>How many users are imported.</summary>
    Imported,

    /// <summary>How many users are not imported.</summary>
    NotImported,

    /// <summary>When a run last read both lists and did its work.</summary>
    LastSuccess,
}

/// <summary>The rows of accounts, and what belongs to a whole account.</summary>
public interface IAccountRows
{
    /// <summary>An account's row, also while it is being erased; null when there is none.</summary>
    /// <exception cref="StorageUnavailableException">The database cannot be used.</exception>
    Task<AccountRow?> ReadAsync(string accountId);

    /// <summary>An account's row and all that its portal keeps while it is awake, in one round trip; null when there is none.</summary>
    /// <exception cref="StorageUnavailableException">The database cannot be used.</exception>
    Task<AccountSnapshot?> WakeAsync(string accountId);

    /// <summary>
    /// Writes an account's row, together with what others have to store at the moment; false when the stored row has another version, and
    /// nothing was written.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The database cannot be used; whether the row was written is not known.</exception>
    Task<bool> WriteAsync(AccountWrite write);

    /// <summary>Erases everything of an account but its row, in one transaction.</summary>
    Task EraseAsync(string accountId);

    /// <summary>Erases an account's row, and whatever was stored of it since <see cref="EraseAsync"/>, in one transaction.</summary>
    Task EraseRowAsync(string accountId);

    /// <summary>Whether there is such an account that is not being erased.</summary>
    Task<bool> ExistsAsync(string accountId);

    /// <summary>A page of the accounts that match, by rising id; none that is being erased.</summary>
    /// <param name="query">Which accounts.</param>
    /// <param name="after">The last id of the page before; null for the start.</param>
    /// <param name="limit">The most to answer.</param>
    Task<ImmutableArray<DirectoryEntry>> PageAsync(AccountQuery query, string? after, int limit);

    /// <summary>A stretch of the accounts that match, in the order that the query asks for.</summary>
    Task<ImmutableArray<DirectoryEntry>> BrowseAsync(AccountQuery query, int skip, int take);

    /// <summary>How many of the accounts that match have each status; <see cref="AccountQuery.Status"/> is left aside.</summary>
    Task<ImmutableDictionary<AccountStatus, int>> CountAsync(AccountQuery query);

    /// <summary>The accounts of one portal, by rising id.</summary>
    /// <param name="portalKey"><see cref="Bitrix24Access.PortalKey"/>.</param>
    Task<ImmutableArray<string>> OfPortalAsync(string portalKey);

    /// <summary>Accounts that have work left or are overdue, by rising id.</summary>
    /// <param name="now">The present.</param>
    /// <param name="after">The last id of the page before; null for the start.</param>
    /// <param name="limit">The most to answer.</param>
    Task<ImmutableArray<string>> DueAsync(DateTimeOffset now, string? after, int limit);

    /// <summary>Ids of accounts that have work left, by rising id: a run that was promised or has begun, or their erasure.</summary>
    /// <param name="after">The last id that was read; null for the first page.</param>
    /// <param name="limit">How many.</param>
    /// <exception cref="StorageUnavailableException">The database cannot be used.</exception>
    Task<ImmutableArray<string>> UnfinishedAsync(string? after, int limit);

    /// <summary>
    /// The account that is neither paused nor in need of a person and whose last run is longest ago; null when none is before a time.
    /// </summary>
    /// <param name="before">Only accounts whose last run, or connection when there was none, is before this.</param>
    Task<OverdueAccount?> LongestWaitingAsync(DateTimeOffset before);
}

/// <summary>An account that should have been imported by now.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="DisplayName">The name people see.</param>
/// <param name="Since">When it was last imported, or connected.</param>
[GenerateSerializer, Immutable, Alias("OverdueAccount")]
public sealed record OverdueAccount(
    [property: Id(0)] string AccountId, [property: Id(1)] string DisplayName, [property: Id(2)] DateTimeOffset Since);
