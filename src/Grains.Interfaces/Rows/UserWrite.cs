using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Responsible;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Interfaces.Rows;

/// <summary>A write of one user's row with what belongs to it, all or nothing.</summary>
public sealed record UserWrite
{
    /// <summary>How many entries a history keeps: years of changes, since a run that changes nothing leaves none.</summary>
    public const int HistoryLimit = 100;

    /// <summary>The account that the row belongs to.</summary>
    public required string AccountId { get; init; }

    /// <summary>The row as it is to be, with its new version; for a row that is erased, the row as it was.</summary>
    public required UserRow Row { get; init; }

    /// <summary>The version that the stored row must have; null when there must be none.</summary>
    public long? Expected { get; init; }

    /// <summary>Whether the row and its history are erased.</summary>
    public bool IsErased { get; init; }

    /// <summary>
    /// Entries to add to the user's history, oldest first; <see cref="UserRow.Entries"/> of the row counts them already. Those beyond
    /// <see cref="HistoryLimit"/> go.
    /// </summary>
    public ImmutableArray<HistoryEntry> History { get; init; } = [];

    /// <summary>The run that the changes are part of; its place among the account's runs.</summary>
    public long Run { get; init; }

    /// <summary>What the run did for the user; a repeated change of the same run and outcome replaces the one before.</summary>
    public ImmutableArray<RunChange> Changes { get; init; } = [];
}

/// <summary>The rows of users: links, intents, outcomes, and what happened to each.</summary>
public interface IUserRows
{
    /// <summary>One user's row; null when there is none.</summary>
    /// <exception cref="StorageUnavailableException">The database cannot be used.</exception>
    /// <exception cref="UnreadableRowException">What is stored is not a row.</exception>
    Task<UserRow?> ReadAsync(string accountId, long userId);

    /// <summary>
    /// Writes one user's row, together with what others have to store at the moment. False when the stored row has another version, or
    /// there is one although there must be none, or the account is not there any more: nothing was written then.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The database cannot be used; whether the row was written is not known.</exception>
    Task<bool> WriteAsync(UserWrite write);

    /// <summary>
    /// Writes many rows of one account; each is guarded by itself. Answers which were written, in the order of the writes.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The database cannot be used; which rows were written is not known.</exception>
    Task<ImmutableArray<bool>> WriteAsync(IReadOnlyList<UserWrite> writes);

    /// <summary>
    /// Adds rows of users who have none, because their creates are about to be sent (R3.8): all of them by one statement, or none. False
    /// when one of them has a row, or is refused for what it says, or the account is not there any more: nothing was written then.
    /// </summary>
    /// <param name="accountId">The account.</param>
    /// <param name="rows">The rows; none has a reason, a link or an entry of its history.</param>
    /// <exception cref="StorageUnavailableException">The database cannot be used; whether the rows were written is not known.</exception>
    Task<bool> AnnounceAsync(string accountId, IReadOnlyList<UserRow> rows);

    /// <summary>A user's history, newest first, at most <see cref="UserWrite.HistoryLimit"/> entries.</summary>
    Task<ImmutableArray<HistoryEntry>> HistoryAsync(string accountId, long userId);

    /// <summary>One user as lists show it; null when it is not known.</summary>
    Task<EmployeeRow?> FindAsync(string accountId, long userId);

    /// <summary>
    /// The known users of all accounts with an e-mail address, compared without regard to case, or with an id in Bitrix24 or CallGear, by
    /// the account's name and user id; at most <see cref="AccountUser.Most"/>.
    /// </summary>
    /// <param name="text">The whole address, or the whole id in decimal digits.</param>
    Task<ImmutableArray<AccountUser>> FindEverywhereAsync(string text);

    /// <summary>A page of the known users that a query wants, by rising id.</summary>
    Task<Page<EmployeeRow>> PageAsync(string accountId, EmployeeQuery query);

    /// <summary>A stretch of the known users, in the order that it asks for, and how many there are of each kind.</summary>
    Task<EmployeeWindow> BrowseAsync(string accountId, EmployeeStretch stretch);

    /// <summary>R7.1: the responsible employees, by user id.</summary>
    Task<ImmutableArray<ResponsibleEmployee>> ResponsibleAsync(string accountId);

    /// <summary>R7.2: takes users out of the list by hand, or puts them back; a row for each, not a list.</summary>
    /// <param name="accountId">The account; nothing is written when there is none.</param>
    /// <param name="exclude">Users that stay out from now on.</param>
    /// <param name="include">Users that do not any more.</param>
    Task ExcludeAsync(string accountId, ImmutableArray<long> exclude, ImmutableArray<long> include);
}

/// <summary>A row holds what no release has written. Concerns that row alone.</summary>
/// <param name="message">Which row, and what to do; holds no secret.</param>
/// <param name="inner">What reading it failed with.</param>
[GenerateSerializer, Alias("UnreadableRow")]
public sealed class UnreadableRowException(string message, Exception? inner = null) : Exception(message, inner);
