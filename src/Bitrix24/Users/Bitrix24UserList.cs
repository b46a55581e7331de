namespace OrleansSync.Bitrix24.Users;

/// <summary>
/// Puts batches together to one list and proves that it is whole. A list that is not proven whole is no list (R8.4).
/// </summary>
public abstract class Bitrix24UserList
{
    /// <summary>The users so far, by rising id.</summary>
    public abstract IReadOnlyCollection<Bitrix24User> Users { get; }

    /// <summary>Where the next batch must begin.</summary>
    public abstract UserPosition NextPosition { get; }

    /// <summary>Pages that are still to be read; null while that is not known.</summary>
    public abstract long? PagesLeft { get; }

    /// <summary>Whether this is every user there is.</summary>
    public bool IsComplete { get; private protected set; }

    /// <summary>Why this can never be a whole list; null while nothing is wrong.</summary>
    public VendorError? Error { get; private set; }

    /// <summary>Adds the batch that was asked for with <see cref="NextPosition"/>.</summary>
    /// <returns>What is wrong with the list; null when the batch fits.</returns>
    /// <exception cref="InvalidOperationException">The list is complete already.</exception>
    public VendorError? Add(Bitrix24UserBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (IsComplete)
        {
            throw new InvalidOperationException("The list is complete.");
        }

        if (batch.Pages.Count == 0)
        {
            Error ??= Broken("a batch without users claims that more follow");
        }

        foreach (var page in batch.Pages.TakeWhile(_ => !IsComplete))
        {
            Error ??= Take(page) is { } why ? Broken(why) : null;
        }

        return Error;
    }

    /// <summary>Adds one page; answers what is wrong with it.</summary>
    private protected abstract string? Take(Bitrix24UserPage page);

    private static VendorError Broken(string why) =>
        new(VendorErrorKind.InvalidAnswer, $"The list of users from Bitrix24 is not whole: {why}.");
}
