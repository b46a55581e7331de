using System.Collections.Immutable;
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
    public ConnectionCheck Answer { get; set; } = new(new VendorCheck(123, null), new VendorCheck(45, null));

    public List<(AccountConnection Connection, string Owner)> Checked { get; } = [];

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
