namespace OrleansSync.Sandbox.Bitrix24;

/// <summary>How one portal behaves.</summary>
public sealed record PortalSettings
{
    /// <summary>Host in the portal's addresses: one of the sandbox's loopback addresses. Null: 127.0.0.1.</summary>
    public string? Host { get; init; }

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
