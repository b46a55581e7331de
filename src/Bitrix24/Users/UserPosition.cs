namespace OrleansSync.Bitrix24.Users;

/// <summary>Where a batch of pages begins, and so how its pages are asked for.</summary>
public readonly record struct UserPosition
{
    private UserPosition(long? id, long? start) => (Id, Start) = (id, start);

    /// <summary>The pages hold the users with a higher id, each page after the last user of the one before.</summary>
    public long? Id { get; }

    /// <summary>The pages begin after so many users of the whole list, which the portal counts for each.</summary>
    public long? Start { get; }

    /// <summary>The users after an id; 0 for the beginning.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The id is negative.</exception>
    public static UserPosition AfterId(long id)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(id);
        return new(id, null);
    }

    /// <summary>The users after so many others.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public static UserPosition AfterUsers(long start)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        return new(null, start);
    }
}
