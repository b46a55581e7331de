namespace OrleansSync.Sandbox.Bitrix24;

/// <summary>How one portal behaves.</summary>
public sealed record PortalSettings
{
    /// <summary>Host in the portal's addresses: one of the sandbox's loopback addresses. Null: 127.0.0.1.</summary>
    public string? Host { get; init; }

    /// <summary>
    /// Host in the portal's addresses before it was renamed: what is called there is answered with <see cref="RedirectStatus"/> to
    /// <see cref="Host"/>. Null: none.
    /// </summary>
    public string? FormerHost { get; init; }

    /// <summary>HTTP status of what is called at <see cref="FormerHost"/>.</summary>
    public int RedirectStatus { get; init; } = 302;

    /// <summary>
    /// The <c>client_endpoint</c> that a renewal names. Null: the portal's present one; empty: none.
    /// </summary>
    public string? RenewalEndpoint { get; init; }

    /// <summary>Secret of the incoming webhook. Null: one derived from the portal's name, the same in every run.</summary>
    public string? WebhookSecret { get; init; }

    /// <summary>User that owns the webhook.</summary>
    public int WebhookUserId { get; init; } = 1;

    /// <summary>
    /// Rights of webhook and tokens. <c>user</c> and <c>user_basic</c> show all fields, <c>user_brief</c> hides contact data; with none of
    /// them calls are refused as <c>insufficient_scope</c>.
    /// </summary>
    public IReadOnlyList<string> Scopes { get; init; } = ["user"];

    /// <summary>Whether the portal serves calls.</summary>
    public PortalStatus Status { get; init; }

    /// <summary>The owner of the webhook may not use REST: 403 <c>user_access_error</c>.</summary>
    public bool UserAccessDenied { get; init; }

    /// <summary>Whether the leaky bucket is applied.</summary>
    public bool RateLimited { get; init; } = true;

    /// <summary>Requests that leak from the bucket each second: 2 in most plans, 5 in Enterprise.</summary>
    public double LeakPerSecond { get; init; } = 2;

    /// <summary>Requests the bucket holds before calls are refused: 50 in most plans, 250 in Enterprise.</summary>
    public int BucketCapacity { get; init; } = 50;

    /// <summary>Execution time in seconds that one method may take in 10 minutes.</summary>
    public double OperatingLimitSeconds { get; init; } = 480;

    /// <summary>Execution time in seconds that each call, or each command of a batch, is counted with.</summary>
    public double OperatingSecondsPerCall { get; init; } = 0.02;

    /// <summary>Seconds after which execution time is given back: 600 with the vendor.</summary>
    public int OperatingWindowSeconds { get; init; } = 600;

    /// <summary>Seconds that a page of users takes, alone or in a batch, whose pages add up.</summary>
    public double PageSeconds { get; init; }

    /// <summary>Seconds after which the front end ends a request with an HTML page and 504: 60 with the vendor. Null: never.</summary>
    public double? FrontEndSeconds { get; init; }

    /// <summary>Whether the front end ends the connection instead.</summary>
    public bool FrontEndDrops { get; init; }

    /// <summary>Commands of a batch that are answered at most; the others are missing without an error. Null: all.</summary>
    public int? AnsweredCommands { get; init; }

    /// <summary>
    /// Whether <c>FILTER</c> takes plain fields alone: keys with a prefix are dropped without a word, and a <c>start</c> beyond the last
    /// user answers the first page again.
    /// </summary>
    public bool PlainFiltersOnly { get; init; }

    /// <summary>Whether every page is the first, whatever <c>start</c> says.</summary>
    public bool IgnoresStart { get; init; }

    /// <summary>Life of an access token in seconds.</summary>
    public int AccessTokenSeconds { get; init; } = 3600;

    /// <summary>Life of a refresh token in days.</summary>
    public int RefreshTokenDays { get; init; } = 180;

    /// <summary>Error that every renewal is refused with (<c>PAYMENT_REQUIRED</c>, <c>insufficient_scope</c>, …); null: none.</summary>
    public string? RenewalError { get; init; }

    /// <summary>Secret by which the portal's events prove their sender. Null: one derived from the portal's name.</summary>
    public string? ApplicationToken { get; init; }

    /// <summary>Whether <c>user.get</c> lists e-mail users and bots, which the vendor leaves out.</summary>
    public bool ListsMailUsers { get; init; }

    /// <summary>
    /// Whether lists leave out extranet users and users without a department. A call that names ids answers them all the same, if
    /// <see cref="KeyIsAdministrators"/>.
    /// </summary>
    public bool ListsStaffOnly { get; init; }

    /// <summary>Whether webhook and tokens belong to an administrator of the portal.</summary>
    public bool KeyIsAdministrators { get; init; } = true;

    /// <summary>Whether fields without a value are answered as null; real portals leave them out.</summary>
    public bool AnswersNulls { get; init; }
}
