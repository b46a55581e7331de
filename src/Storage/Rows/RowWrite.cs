namespace OrleansSync.Storage.Rows;

/// <summary>A statement and the values of its parameters <c>$1</c>, <c>$2</c> and so on.</summary>
internal sealed record RowStep(string Sql, params RowValue[] Values);

/// <summary>A write of one row with what belongs to it, and whoever waits for it.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="UserId">The user; null for the row of the account itself.</param>
/// <param name="Steps">
/// The statements. The first writes the row, if it has the version that is expected; the others do something only where it did.
/// </param>
internal sealed record RowWrite(string AccountId, long? UserId, IReadOnlyList<RowStep> Steps)
{
    /// <summary>Whether it only adds something, so that it may be written together with any other.</summary>
    public bool IsAppended { get; init; }

    /// <summary>The bytes of all values.</summary>
    public long Bytes => Steps.Sum(step => step.Values.Sum(value => value.Bytes));

    /// <summary>What the row is called in a sentence.</summary>
    public string Name => UserId is null ? $"account {AccountId}" : FormattableString.Invariant($"user {UserId} of account {AccountId}");

    /// <summary>Whether it was written.</summary>
    public TaskCompletionSource<bool> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
