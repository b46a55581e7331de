namespace OrleansSync.Storage.Rows;

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
    /// <summary>The name under which Orleans' ADO.NET providers know the engine.</summary>
    string Invariant { get; }

    /// <summary>Whether the engine's calls block their thread, so that they must not be made on a grain's.</summary>
    bool IsBlocking { get; }

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

    /// <summary>Behind a text of <c>ORDER BY</c>: compares it by code point, so that both engines have the same order.</summary>
    string Ordinal { get; }

    /// <summary>The elements of a JSON array as a table with the column <c>value</c>.</summary>
    /// <param name="json">What has the array's text.</param>
    string Elements(string json);

    /// <summary>The seconds from 1970 to a moment, a part of one left out.</summary>
    /// <param name="moment">What has the moment.</param>
    string Seconds(string moment);

    /// <summary>
    /// Writes rows, each at most once, in one transaction and one flush; no lock is waited for longer than 2 seconds. Answers which were
    /// written, in their order.
    /// </summary>
    Task<bool[]> WriteAsync(IReadOnlyList<RowWrite> rows);

    /// <summary>What an error of a transaction means.</summary>
    RowFault Judge(Exception exception);
}
