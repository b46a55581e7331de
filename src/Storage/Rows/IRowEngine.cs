namespace OrleansSync.Storage.Rows;

/// <summary>What is written together: every row at most once.</summary>
internal sealed record RowBatch(IReadOnlyList<UserValues> Users, IReadOnlyList<AccountValues> Accounts)
{
    public long Bytes => Users.Sum(user => (long)user.Bytes) + Accounts.Sum(account => (long)account.Bytes);
}

/// <summary>Which rows of a batch were written.</summary>
internal sealed record RowBatchAnswer(bool[] Users, bool[] Accounts);

/// <summary>What an error of a transaction means.</summary>
internal enum RowFault
{
    /// <summary>Another worked on the same rows: the transaction was undone and can be repeated whole.</summary>
    Passing,

    /// <summary>One row was refused for what it says: the others can be written without it.</summary>
    Row,

    /// <summary>One row belongs to an account that is not there any more.</summary>
    AccountGone,

    /// <summary>Something else, that concerns all.</summary>
    Whole,
}

/// <summary>What the two engines do differently.</summary>
internal interface IRowEngine
{
    /// <summary>Locks the row of the account <c>@account</c>, so that nothing is added to it before the transaction ends.</summary>
    string LockAccount { get; }

    /// <summary>
    /// Locks the row of the account <c>@account</c> against its erasure and against others that do the same; what only refers to it does
    /// not wait.
    /// </summary>
    string HoldAccount { get; }

    /// <summary>
    /// Lets the transaction that it begins wait for no lock longer than 2 seconds; null where none is waited for longer anyway.
    /// </summary>
    string? ShortWaits { get; }

    /// <summary>Writes a batch in one transaction and one flush; no lock is waited for longer than 2 seconds.</summary>
    Task<RowBatchAnswer> WriteAsync(RowBatch batch);

    /// <summary>What an error of a transaction means.</summary>
    RowFault Judge(Exception exception);
}
