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
    private readonly Dictionary<ActivityRange, (ActivitySpan Span, Task<ActivityReport> Read)> _activity = [];

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
    public Task<ActivityReport> ActivityAsync(ActivityRange range)
    {
        // Pages look anew every few seconds, and a day of many accounts takes the database a while.
        var span = ActivitySpan.Of(range, time.GetUtcNow());
        if (!_activity.TryGetValue(range, out var known) || known.Span != span || known.Read.IsFaulted)
        {
            _activity[range] = known = (span, runs.ActivityAsync(span));
        }

        return known.Read;
    }

    /// <inheritdoc />
    public Task ReachAsync() => Task.CompletedTask;
}
