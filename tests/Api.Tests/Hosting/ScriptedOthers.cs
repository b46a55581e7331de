using System.Collections.Immutable;
using System.Reflection;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Api.Tests.Hosting;

internal sealed class ScriptedKeys : IAccountKeysGrain
{
    public List<AccountKey> Stored { get; } = [];

    public bool IsFull { get; set; }

    public Task<AddKeyOutcome> AddAsync(AccountKey key)
    {
        if (IsFull)
        {
            return Task.FromResult(AddKeyOutcome.TooMany);
        }

        Stored.Add(key);
        return Task.FromResult(AddKeyOutcome.Added);
    }

    public Task<bool> RevokeAsync(string keyId) => Task.FromResult(Stored.RemoveAll(key => key.KeyId == keyId) > 0);

    public Task<bool> VerifyAsync(string keyId, ImmutableArray<byte> secretHash) =>
        Task.FromResult(Stored.Any(key => key.KeyId == keyId && key.SecretHash.SequenceEqual(secretHash)));

    public Task<ImmutableArray<string>> ListAsync() => Task.FromResult(Stored.Select(key => key.KeyId).ToImmutableArray());

    public Task ClearAsync()
    {
        Stored.Clear();
        return Task.CompletedTask;
    }
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

    public Task ClearAsync() => throw new NotSupportedException();
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

internal sealed class ScriptedDirectory
{
    public Dictionary<string, DirectoryEntry> Entries { get; } = new(StringComparer.Ordinal);

    public IAccountDirectoryGrain Shard(string key) => new OneShard(this, key);

    private sealed class OneShard(ScriptedDirectory directory, string key) : IAccountDirectoryGrain
    {
        public Task SetAsync(DirectoryEntry entry) => throw new NotSupportedException();

        public Task RemoveAsync(string accountId) => throw new NotSupportedException();

        public Task SweepAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ImmutableArray<DirectoryEntry>> ListAsync() =>
            Task.FromResult(directory.Entries.Values.Where(entry => GrainKeys.DirectoryOf(entry.AccountId) == key).ToImmutableArray());
    }
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

    public Task<AuthorizationAnswer> CompleteAsync(string session, ProtectedText? code, CancellationToken cancellationToken) => Task.FromResult(Answer);
}

/// <summary>A service that did nothing yet.</summary>
internal sealed class ScriptedActivity : IServiceActivityGrain
{
    public Task NoteAsync(FinishedRun run) => throw new NotSupportedException();

    public Task<ServiceActivity> GetAsync() => Task.FromResult(new ServiceActivity(Samples.Noon, [], ImmutableDictionary<string, DateTimeOffset>.Empty));
}

/// <summary>A cluster without silos.</summary>
internal class ScriptedManagement : DispatchProxy
{
    public static IManagementGrain Create() => Create<IManagementGrain, ScriptedManagement>();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod?.Name == nameof(IManagementGrain.GetDetailedHosts)
        ? Task.FromResult<MembershipEntry[]>([])
        : throw new NotSupportedException(targetMethod?.Name);
}
