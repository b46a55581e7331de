namespace OrleansSync.Sandbox.Bitrix24;

/// <summary>One imitated portal. Safe for use from several threads; portals do not share locks.</summary>
public sealed class BitrixPortal
{
    private readonly Lock _lock = new();
    private readonly Uri _sandbox;
    private readonly string _derivedSecret;
    private volatile UserList _users = new([]);
    private volatile PortalSettings _settings;

    internal BitrixPortal(string id, PortalSettings settings, IEnumerable<BitrixUser> users, Uri sandbox, TimeProvider time)
    {
        Id = id;
        _settings = settings;
        _sandbox = sandbox;
        _derivedSecret = DerivedSecret.Of(id + "/webhook", 16);
        Tokens = new PortalTokens(id, settings, time);
        Bucket = new LeakyBucket(time);
        Operating = new OperatingTime(time);
        ReplaceUsers(users);
    }

    /// <summary>The portal's name in the sandbox's addresses.</summary>
    public string Id { get; }

    /// <summary>Address and secret of the incoming webhook, ending in a slash.</summary>
    public Uri WebhookUrl => new(ClientEndpoint, $"{Settings.WebhookUserId}/{WebhookSecret}/");

    /// <summary>Base address of calls with an OAuth token, ending in a slash.</summary>
    public Uri ClientEndpoint => new UriBuilder(_sandbox) { Host = Settings.Host ?? _sandbox.Host, Path = $"portals/{Id}/rest/" }.Uri;

    /// <summary>The OAuth tokens.</summary>
    public PortalTokens Tokens { get; }

    /// <summary>Secret that the portal's events carry.</summary>
    public string ApplicationToken => Settings.ApplicationToken ?? DerivedSecret.Of(Id + "/application", 32);

    /// <summary>Id of the portal in answers and events.</summary>
    public string MemberId => DerivedSecret.Of(Id + "/member", 32);

    /// <summary>How the portal behaves; may be replaced at any time.</summary>
    public PortalSettings Settings
    {
        get => _settings;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _settings = value;
            Tokens.Apply(value);
        }
    }

    /// <summary>All users by ascending id, those included that <c>user.get</c> leaves out.</summary>
    public IReadOnlyList<BitrixUser> Users => _users.All;

    internal string WebhookSecret => Settings.WebhookSecret ?? _derivedSecret;

    internal LeakyBucket Bucket { get; }

    internal OperatingTime Operating { get; }

    /// <summary>The users that <c>user.get</c> answers from, by ascending id.</summary>
    /// <param name="byId">Whether it names the users that it wants.</param>
    internal BitrixUser[] UsersFor(bool byId) => Settings switch
    {
        { ListsMailUsers: true } => _users.All,
        { ListsStaffOnly: true, KeyIsAdministrators: var mayAll } when !(byId && mayAll) => _users.Staff,
        _ => _users.Listed,
    };

    /// <summary>The user, or null.</summary>
    public BitrixUser? FindUser(int id) => Array.Find(_users.All, u => u.Id == id);

    /// <summary>Adds a user, or replaces the one with its id.</summary>
    public void PutUser(BitrixUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        lock (_lock)
        {
            var users = _users.All;
            _users = new UserList([.. users.Where(u => u.Id < user.Id), user, .. users.Where(u => u.Id > user.Id)]);
        }
    }

    /// <summary>Changes a user.</summary>
    /// <exception cref="KeyNotFoundException">There is no such user.</exception>
    public void ChangeUser(int id, Func<BitrixUser, BitrixUser> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        lock (_lock)
        {
            PutUser(change(FindUser(id) ?? throw new KeyNotFoundException($"Portal {Id} has no user {id}.")));
        }
    }

    /// <summary>Removes a user altogether; the vendor itself only dismisses.</summary>
    /// <returns>Whether it was there.</returns>
    public bool RemoveUser(int id)
    {
        lock (_lock)
        {
            var before = _users.All;
            _users = new UserList([.. before.Where(u => u.Id != id)]);
            return _users.All.Length < before.Length;
        }
    }

    /// <summary>Replaces all users. Of several with one id the last stays.</summary>
    public void ReplaceUsers(IEnumerable<BitrixUser> users)
    {
        ArgumentNullException.ThrowIfNull(users);
        var byId = new SortedDictionary<int, BitrixUser>();
        foreach (var user in users)
        {
            byId[user.Id] = user;
        }

        lock (_lock)
        {
            _users = new UserList([.. byId.Values]);
        }
    }

    private sealed class UserList(BitrixUser[] all)
    {
        public BitrixUser[] All { get; } = all;

        public BitrixUser[] Listed { get; } = Array.FindAll(all, IsListed);

        public BitrixUser[] Staff { get; } = Array.FindAll(all, user => IsListed(user) && IsStaff(user));

        private static bool IsStaff(BitrixUser user) =>
            user.Text("USER_TYPE") != "extranet"
            && user.TryGet("UF_DEPARTMENT", out var departments)
            && RestParameters.List(departments).Any(value => RestParameters.Text(value) is { Length: > 0 } and not "0");

        private static bool IsListed(BitrixUser user) => user.Text("USER_TYPE") is not ("email" or "bot" or "imconnector" or "integrator");
    }
}
