namespace OrleansSync.Bitrix24.Users;

/// <summary>
/// A list whose pages are numbered, for portals that drop the filter by id. It is whole when every page told the same total and as many
/// different users came: pages shift when somebody comes or goes while they are read.
/// </summary>
public sealed class UserListByStart : Bitrix24UserList
{
    private readonly SortedDictionary<long, Bitrix24User> _users = [];
    private long _start;
    private long? _total;

    /// <inheritdoc />
    public override IReadOnlyCollection<Bitrix24User> Users => _users.Values;

    /// <inheritdoc />
    public override UserPosition NextPosition => UserPosition.AfterUsers(_start);

    /// <inheritdoc />
    public override long? PagesLeft =>
        _total is { } total ? (total - _start + Bitrix24UserPage.Size - 1) / Bitrix24UserPage.Size : null;

    private protected override string? Take(Bitrix24UserPage page)
    {
        if (page.Total is not { } total)
        {
            return "the portal does not tell how many users there are";
        }

        if ((_total ??= total) != total)
        {
            return $"the number of users changed from {_total} to {total} while it was read";
        }

        var before = _users.Count;
        foreach (var user in page.Users)
        {
            _users[user.Id] = user;
        }

        _start += Bitrix24UserPage.Size;
        if (_start < total && _users.Count > before && !page.IsShort)
        {
            return null;
        }

        IsComplete = _users.Count == total;
        return IsComplete ? null : $"{_users.Count} different users came instead of {total}";
    }
}
