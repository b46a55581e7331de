using OrleansSync.Grains.Interfaces.Audit;
using OrleansSync.Grains.Interfaces.Keys;

namespace OrleansSync.Grains.Interfaces.Rows;

/// <summary>The rows of audit trails. Entries are only ever added.</summary>
public interface IAuditRows
{
    /// <summary>Adds an entry, unless there is no such account.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="dropBefore">Older entries of the account are dropped; null leaves them.</param>
    Task AppendAsync(string accountId, AuditEntry entry, DateTimeOffset? dropBefore = null);

    /// <summary>An account's trail, newest first.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="cursor">Where to go on, from the page before; null for the start.</param>
    /// <param name="limit">The most to answer.</param>
    /// <param name="oldest">Entries before this are not shown any more.</param>
    Task<Page<AuditEntry>> PageAsync(string accountId, string? cursor, int limit, DateTimeOffset oldest);
}

/// <summary>The rows of accounts' API keys.</summary>
public interface IKeyRows
{
    /// <summary>Adds a key. The same key again is added already.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="key">The key's id and the hash of its secret.</param>
    /// <param name="at">When.</param>
    /// <param name="most">The most keys an account may have.</param>
    Task<AddKeyOutcome> AddAsync(string accountId, AccountKey key, DateTimeOffset at, int most);

    /// <summary>Takes a key's validity away; false when there is no such key.</summary>
    Task<bool> RevokeAsync(string accountId, string keyId);

    /// <summary>The key of an account that is not being erased; null when there is none.</summary>
    Task<AccountKey?> FindAsync(string accountId, string keyId);

    /// <summary>The ids of an account's keys, oldest first.</summary>
    Task<System.Collections.Immutable.ImmutableArray<string>> ListAsync(string accountId);
}
