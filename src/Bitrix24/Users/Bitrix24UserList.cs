namespace OrleansSync.Bitrix24.Users;

/// <summary>
/// Puts batches together to one list and proves that it is whole: ids strictly rising within and across batches, and a short page at the
/// end. A list that is not proven whole is no list (R8.4).
/// </summary>
public sealed class Bitrix24UserList
{
    private readonly List<Bitrix24User> _users = [];

    /// <summary>The users so far, by rising id.</summary>
    public IReadOnlyList<Bitrix24User> Users => _users;

    /// <summary>Id after which the next batch must be asked for; 0 at the start.</summary>
    public long LastId { get; private set; }

    /// <summary>Whether this is every user there is.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Why this can never be a whole list; null while nothing is wrong.</summary>
    public VendorError? Error { get; private set; }

    /// <summary>Adds the batch that was asked for with <see cref="LastId"/>.</summary>
    /// <returns>What is wrong with the list; null when the batch fits.</returns>
    /// <exception cref="InvalidOperationException">The list is complete already.</exception>
    public VendorError? Add(Bitrix24UserBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (IsComplete)
        {
            throw new InvalidOperationException("The list is complete.");
        }

        if (Error is not null)
        {
            return Error;
        }

        foreach (var user in batch.Users)
        {
            if (user.Id <= LastId)
            {
                return Error = Broken($"user {user.Id} came after user {LastId}");
            }

            LastId = user.Id;
            _users.Add(user);
        }

        if (!batch.IsLast && batch.Users.Count == 0)
        {
            return Error = Broken("a batch without users claims that more follow");
        }

        IsComplete = batch.IsLast;
        return null;
    }

    private static VendorError Broken(string why) =>
        new(VendorErrorKind.InvalidAnswer, $"The list of users from Bitrix24 is not whole: {why}.");
}
