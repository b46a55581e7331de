using System.Collections.Concurrent;
using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Directory;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Responsible;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Tests.Connections.Cluster;

namespace OrleansSync.Grains.Tests.Storage;

/// <summary>What goes wrong with rows, and who is told of writes.</summary>
internal sealed class RowTrouble
{
    private readonly ConcurrentDictionary<(string Account, long User), ReadOutage> _lostUsers = new();
    private readonly ConcurrentDictionary<string, ReadOutage> _lostAccounts = new();

    /// <summary>Is told of a write of a user's row before it is made.</summary>
    public Action<UserWrite>? WritingUser { get; set; }

    /// <summary>Is told of an announcement before it is stored.</summary>
    public Action<string, IReadOnlyList<UserRow>>? Announcing { get; set; }

    /// <summary>Is told of a write of an account's row before it is made.</summary>
    public Action<AccountWrite>? WritingAccount { get; set; }

    /// <summary>Is asked before a write of an account's row is made, which waits for its answer.</summary>
    public Func<AccountWrite, Task>? HoldingAccount { get; set; }

    /// <summary>Lets a user's row be neither read nor written by its grain until the outage is disposed of.</summary>
    public ReadOutage LoseUser(string account, long user) =>
        _lostUsers[(account, user)] = new ReadOutage(() => _lostUsers.TryRemove((account, user), out _));

    /// <summary>Lets an account's row be unreadable for its connections until the outage is disposed of.</summary>
    public ReadOutage LoseAccount(string account) => _lostAccounts[account] = new ReadOutage(() => _lostAccounts.TryRemove(account, out _));

    public void Pass(string account, long user)
    {
        if (_lostUsers.TryGetValue((account, user), out var outage))
        {
            outage.Fail();
        }
    }

    public void Pass(string account)
    {
        if (_lostAccounts.TryGetValue(account, out var outage))
        {
            outage.Fail();
        }
    }
}

/// <summary>The rows of users, with their troubles.</summary>
internal sealed class TroubledUserRows(IUserRows inner, RowTrouble trouble) : IUserRows
{
    public Task<UserRow?> ReadAsync(string accountId, long userId)
    {
        trouble.Pass(accountId, userId);
        return inner.ReadAsync(accountId, userId);
    }

    public Task<ImmutableArray<AccountUser>> FindEverywhereAsync(string text) => inner.FindEverywhereAsync(text);

    public Task<bool> WriteAsync(UserWrite write)
    {
        trouble.Pass(write.AccountId, write.Row.UserId);
        trouble.WritingUser?.Invoke(write);
        return inner.WriteAsync(write);
    }

    public Task<ImmutableArray<bool>> WriteAsync(IReadOnlyList<UserWrite> writes)
    {
        foreach (var write in writes)
        {
            trouble.WritingUser?.Invoke(write);
        }

        return inner.WriteAsync(writes);
    }

    public Task<bool> AnnounceAsync(string accountId, IReadOnlyList<UserRow> rows)
    {
        trouble.Announcing?.Invoke(accountId, rows);
        foreach (var row in rows)
        {
            trouble.WritingUser?.Invoke(new UserWrite { AccountId = accountId, Row = row });
        }

        return inner.AnnounceAsync(accountId, rows);
    }

    public Task<ImmutableArray<HistoryEntry>> HistoryAsync(string accountId, long userId) => inner.HistoryAsync(accountId, userId);

    public Task<EmployeeRow?> FindAsync(string accountId, long userId) => inner.FindAsync(accountId, userId);

    public Task<Page<EmployeeRow>> PageAsync(string accountId, EmployeeQuery query) => inner.PageAsync(accountId, query);

    public Task<EmployeeWindow> BrowseAsync(string accountId, EmployeeStretch stretch) => inner.BrowseAsync(accountId, stretch);

    public Task<ImmutableArray<ResponsibleEmployee>> ResponsibleAsync(string accountId) => inner.ResponsibleAsync(accountId);

    public Task ExcludeAsync(string accountId, ImmutableArray<long> exclude, ImmutableArray<long> include) =>
        inner.ExcludeAsync(accountId, exclude, include);
}

/// <summary>The rows of accounts, with their troubles.</summary>
internal sealed class TroubledAccountRows(IAccountRows inner, RowTrouble trouble) : IAccountRows
{
    public Task<AccountRow?> ReadAsync(string accountId)
    {
        trouble.Pass(accountId);
        return inner.ReadAsync(accountId);
    }

    public Task<AccountSnapshot?> WakeAsync(string accountId) => inner.WakeAsync(accountId);

    public async Task<bool> WriteAsync(AccountWrite write)
    {
        trouble.WritingAccount?.Invoke(write);
        await (trouble.HoldingAccount?.Invoke(write) ?? Task.CompletedTask);
        return await inner.WriteAsync(write);
    }

    public Task EraseAsync(string accountId) => inner.EraseAsync(accountId);

    public Task EraseRowAsync(string accountId) => inner.EraseRowAsync(accountId);

    public Task<bool> ExistsAsync(string accountId) => inner.ExistsAsync(accountId);

    public Task<ImmutableArray<DirectoryEntry>> PageAsync(AccountQuery query, string? after, int limit) =>
        inner.PageAsync(query, after, limit);

    public Task<ImmutableArray<DirectoryEntry>> BrowseAsync(AccountQuery query, int skip, int take) => inner.BrowseAsync(query, skip, take);

    public Task<ImmutableDictionary<AccountStatus, int>> CountAsync(AccountQuery query) => inner.CountAsync(query);

    public Task<ImmutableArray<string>> OfPortalAsync(string portalKey) => inner.OfPortalAsync(portalKey);

    public Task<ImmutableArray<string>> DueAsync(DateTimeOffset now, string? after, int limit) => inner.DueAsync(now, after, limit);

    public Task<ImmutableArray<string>> UnfinishedAsync(string? after, int limit) => inner.UnfinishedAsync(after, limit);

    public Task<OverdueAccount?> LongestWaitingAsync(DateTimeOffset before) => inner.LongestWaitingAsync(before);
}
