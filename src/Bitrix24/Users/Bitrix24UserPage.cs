namespace OrleansSync.Bitrix24.Users;

/// <summary>A page of the list of users.</summary>
/// <param name="Users">The users in the order of the answer.</param>
/// <param name="Total">Users there are, where the portal counted them; null where it did not.</param>
public sealed record Bitrix24UserPage(IReadOnlyList<Bitrix24User> Users, long? Total = null)
{
    /// <summary>Users in a page of <c>user.get</c>; the vendor lets nobody change it.</summary>
    public const int Size = 50;

    /// <summary>Whether no users come after these.</summary>
    public bool IsShort => Users.Count < Size;
}
