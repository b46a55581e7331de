using System.Collections.Immutable;
using Orleans.Concurrency;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Activity;
using OrleansSync.Grains.Interfaces.Directory;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Directory;

/// <inheritdoc cref="IAccountDirectoryGrain"/>
/// <param name="accounts">The rows of accounts.</param>
/// <param name="users">The rows of users.</param>
/// <param name="runs">The rows of runs.</param>
/// <param name="time">The clock.</param>
[StatelessWorker(1)]
internal sealed class AccountDirectoryGrain(IAccountRows accounts, IUserRows users, IRunRows runs, TimeProvider time)
    : Grain, IAccountDirectoryGrain
{
    /// <summary>How far back <see cref="ActivityAsync"/> looks.</summary>
    internal static readonly TimeSpan Lately = TimeSpan.FromHours(1);

    /// <inheritdoc />
    public Task<ImmutableArray<DirectoryEntry>> PageAsync(AccountQuery query, string? after, int limit) =>
        accounts.PageAsync(query, after, limit);

    /// <inheritdoc />
    public Task<ImmutableArray<DirectoryEntry>> BrowseAsync(AccountQuery query, int skip, int take) =>
        accounts.BrowseAsync(query, skip, take);

    /// <inheritdoc />
    public Task<ImmutableDictionary<string, ImmutableArray<RunMark>>> RecentRunsAsync(ImmutableArray<string> accountIds, int most) =>
        runs.RecentAsync(accountIds, most);

    /// <inheritdoc />
    public Task<ImmutableDictionary<AccountStatus, int>> CountAsync(AccountQuery query) => accounts.CountAsync(query);

    /// <inheritdoc />
    public Task<ImmutableArray<AccountUser>> FindUsersAsync(string text) => users.FindEverywhereAsync(text);

    /// <inheritdoc />
    public Task<ImmutableArray<string>> OfPortalAsync(string portalKey) => accounts.OfPortalAsync(portalKey);

    /// <inheritdoc />
    public Task<OverdueAccount?> LongestWaitingAsync(DateTimeOffset before) => accounts.LongestWaitingAsync(before);

    /// <inheritdoc />
    public Task<ImmutableArray<ActivityMinute>> ActivityAsync() => runs.ActivityAsync(time.GetUtcNow() - Lately);

    /// <inheritdoc />
    public Task ReachAsync() => Task.CompletedTask;
}
