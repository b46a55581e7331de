namespace OrleansSync.Bitrix24.Users;

/// <summary>
/// A list whose pages follow each other by id. It is whole when ids strictly rise within and across pages and a short page ends it.
/// </summary>
public sealed class UserListById : Bitrix24UserList
{
    private readonly List<Bitrix24User> _users = [];
    private long _lastId;

    /// <inheritdoc />
    public override IReadOnlyCollection<Bitrix24User> Users => _users;

    /// <inheritdoc />
    public override UserPosition NextPosition => UserPosition.AfterId(_lastId);

    /// <inheritdoc />
    public override long? PagesLeft => null;

    /// <summary>
    /// Whether a page held users that its filter leaves out: the portal drops the filter, as older ones do, and answers its first page
    /// again.
    /// </summary>
    public bool IsFilterIgnored { get; private set; }

    private protected override string? Take(Bitrix24UserPage page)
    {
        var after = _lastId;
        foreach (var user in page.Users)
        {
            if (user.Id <= _lastId)
            {
                IsFilterIgnored = user.Id <= after;
                return $"user {user.Id} came after user {_lastId}";
            }

            _lastId = user.Id;
            _users.Add(user);
        }

        IsComplete = page.IsShort;
        return null;
    }
}
