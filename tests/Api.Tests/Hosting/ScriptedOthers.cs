using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Activity;
using OrleansSync.Grains.Interfaces.Audit;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Directory;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Keys;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Tests.Hosting;

internal sealed class ScriptedKeys : IAccountKeysGrain
{
    public List<AccountKey> Stored { get; } = [];

    /// <summary>How adding a key ends; only a key that is added is stored.</summary>
    public AddKeyOutcome NextAdd { get; set; }

    public Task<AddKeyOutcome> AddAsync(AccountKey key)
    {
        if (NextAdd == AddKeyOutcome.Added)
        {
            Stored.Add(key);
        }

        return Task.FromResult(NextAdd);
    }

    public Task<bool> RevokeAsync(string keyId) => Task.FromResult(Stored.RemoveAll(key => key.KeyId == keyId) > 0);

    public Task<bool> IsValidAsync(string keyId) => Task.FromResult(Stored.Any(key => key.KeyId == keyId));

    public Task<bool> VerifyAsync(string keyId, ImmutableArray<byte> secretHash) =>
        Task.FromResult(Stored.Any(key => key.KeyId == keyId && key.SecretHash.SequenceEqual(secretHash)));

    public Task<ImmutableArray<string>> ListAsync() => Task.FromResult(Stored.Select(key => key.KeyId).ToImmutableArray());
}

internal sealed class ScriptedAudit : IAuditGrain
{
    public List<AuditEntry> Entries { get; } = [];

    public Exception? Failure { get; set; }

    public string? Next { get; set; }

    public Task AppendAsync(AuditEntry entry)
    {
        if (Failure is not null)
        {
            throw Failure;
        }

        Entries.Add(entry);
        return Task.CompletedTask;
    }

    public Task<Page<AuditEntry>> ListAsync(string? cursor, int limit) =>
        Task.FromResult(new Page<AuditEntry>([.. Entries.AsEnumerable().Reverse().Take(limit)], Next));
}

internal sealed class ScriptedCheck : IConnectionCheckGrain
{
    private static readonly ConnectionCheck _well = new(new VendorCheck(123, null), new VendorCheck(45, null));

    public ConnectionCheck Answer { get; set; } = _well;

    public List<(AccountConnection Connection, string Owner)> Checked { get; } = [];

    public void Reset()
    {
        Answer = _well;
        Checked.Clear();
    }

    public Task<ConnectionCheck> CheckAsync(AccountConnection connection, string secretsOwner, CancellationToken cancellationToken)
    {
        Checked.Add((connection, secretsOwner));
        return Task.FromResult(Answer);
    }
}

/// <summary>All accounts, as a test lists them.</summary>
internal sealed class ScriptedDirectory : IAccountDirectoryGrain
{
    public Dictionary<string, DirectoryEntry> Entries { get; } = new(StringComparer.Ordinal);

    /// <summary>What the runs came to; null for nothing.</summary>
    public ActivityReport? Activity { get; set; }

    /// <summary>How far back was asked for last.</summary>
    public ActivityRange? LastRange { get; private set; }

    /// <summary>The last runs of accounts.</summary>
    public Dictionary<string, ImmutableArray<RunMark>> Marks { get; } = new(StringComparer.Ordinal);

    /// <summary>Who is found over all accounts, by what is asked for.</summary>
    public Dictionary<string, ImmutableArray<AccountUser>> Users { get; } = new(StringComparer.Ordinal);

    public OverdueAccount? Waiting { get; set; }

    /// <summary>What was asked of it, and how many entries at most were to be answered.</summary>
    public ConcurrentQueue<(AccountQuery Query, int Most)> Asked { get; } = new();

    public DateTimeOffset? LastBefore { get; private set; }

    public void Reset()
    {
        Entries.Clear();
        Asked.Clear();
        Marks.Clear();
        Users.Clear();
        (Activity, LastRange, Waiting, LastBefore) = (null, null, null, null);
    }

    public Task<ImmutableArray<DirectoryEntry>> PageAsync(AccountQuery query, string? after, int limit)
    {
        Asked.Enqueue((query, limit));
        return Task.FromResult(Matching(query)
            .Where(entry => after is null || string.CompareOrdinal(entry.AccountId, after) > 0)
            .OrderBy(entry => entry.AccountId, StringComparer.Ordinal)
            .Take(limit).ToImmutableArray());
    }

    public Task<ImmutableArray<DirectoryEntry>> BrowseAsync(AccountQuery query, int skip, int take)
    {
        Asked.Enqueue((query, take));
        return Task.FromResult(Matching(query)
            .OrderByDescending(entry => entry.Status).ThenBy(entry => entry.DisplayName, StringComparer.OrdinalIgnoreCase)
            .Skip(skip).Take(take).ToImmutableArray());
    }

    public Task<ImmutableDictionary<string, ImmutableArray<RunMark>>> RecentRunsAsync(ImmutableArray<string> accountIds, int most) =>
        Task.FromResult(Marks.Where(marks => accountIds.Contains(marks.Key)).ToImmutableDictionary());

    public Task<ImmutableDictionary<AccountStatus, int>> CountAsync(AccountQuery query) => Task.FromResult(
        Matching(query with { Status = null })
            .GroupBy(entry => entry.Status)
            .ToImmutableDictionary(status => status.Key, status => status.Count()));

    public Task<ImmutableArray<AccountUser>> FindUsersAsync(string text) => Task.FromResult(Users.GetValueOrDefault(text, []));

    public Task<ImmutableArray<string>> OfPortalAsync(string portalKey) => throw new NotSupportedException();

    public Task<OverdueAccount?> LongestWaitingAsync(DateTimeOffset before)
    {
        LastBefore = before;
        return Task.FromResult(Waiting);
    }

    public Task<ActivityReport> ActivityAsync(ActivityRange range)
    {
        LastRange = range;
        var span = ActivitySpan.Of(range, Samples.Noon);
        return Task.FromResult(Activity ?? new ActivityReport(
            span, [.. Enumerable.Range(0, span.Count).Select(part => new ActivityPart(span.StartOf(part)))], null));
    }

    public Task ReachAsync() => Task.CompletedTask;

    private IEnumerable<DirectoryEntry> Matching(AccountQuery query) => Entries.Values
        .Where(entry => query.Status is null || entry.Status == query.Status)
        .Where(entry => query.Query is not { } text || Contains(entry.AccountId, text) || Contains(entry.DisplayName, text));

    private static bool Contains(string value, string part) => value.Contains(part, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A consent in Bitrix24 that ends as a test says.</summary>
internal sealed class ScriptedAuthorization : IBitrix24AuthorizationGrain
{
    public AuthorizationAnswer Answer { get; set; } = new(AuthorizationOutcome.Unknown);

    public List<PendingAuthorization> Begun { get; } = [];

    public Task BeginAsync(PendingAuthorization pending)
    {
        Begun.Add(pending);
        return Task.CompletedTask;
    }

    public Task<AuthorizationAnswer> CompleteAsync(string session, ProtectedText? code, CancellationToken cancellationToken) =>
        Task.FromResult(Answer);
}

/// <summary>A cluster without silos.</summary>
internal class ScriptedManagement : DispatchProxy
{
    public static IManagementGrain Create() => Create<IManagementGrain, ScriptedManagement>();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod?.Name == nameof(IManagementGrain.GetDetailedHosts)
            ? Task.FromResult<MembershipEntry[]>([])
            : throw new NotSupportedException(targetMethod?.Name);
}
