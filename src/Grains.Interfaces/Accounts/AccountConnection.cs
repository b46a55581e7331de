namespace OrleansSync.Grains.Interfaces.Accounts;

/// <summary>The two editions of Bitrix24; they differ in the fields a user needs (R2.1).</summary>
[GenerateSerializer, Alias("Bitrix24Edition")]
public enum Bitrix24Edition
{
    /// <summary>Hosted by the vendor.</summary>
    Cloud,

    /// <summary>Hosted by the customer: a user also needs a department.</summary>
    OnPremise,
}

/// <summary>How an account reaches its Bitrix24 portal. Secrets that are null in an update are kept as they were.</summary>
[GenerateSerializer, Immutable, Alias("Bitrix24Access")]
public sealed record Bitrix24Access
{
    /// <summary>The portal's edition.</summary>
    [Id(0)] public required Bitrix24Edition Edition { get; init; }

    /// <summary>What a person may see of the address: the webhook without its secret, or the OAuth client endpoint.</summary>
    [Id(1)] public required string DisplayAddress { get; init; }

    /// <summary>Authority and path before <c>/rest/</c>: accounts with the same value share the portal's limits.</summary>
    [Id(2)] public required string PortalKey { get; init; }

    /// <summary>Whether the portal is called with OAuth tokens instead of a webhook.</summary>
    [Id(3)] public required bool IsOAuth { get; init; }

    /// <summary>The webhook's whole address, which is a secret; null with OAuth, or when it is kept.</summary>
    [Id(4)] public ProtectedText? WebhookUrl { get; init; }

    /// <summary>OAuth access token; null with a webhook, or when it is kept.</summary>
    [Id(5)] public ProtectedText? AccessToken { get; init; }

    /// <summary>OAuth refresh token; null with a webhook, or when it is kept.</summary>
    [Id(6)] public ProtectedText? RefreshToken { get; init; }

    /// <summary>The shared secret that proves the sender of events (R1.3); null when there is none, or when it is kept.</summary>
    [Id(7)] public ProtectedText? ApplicationToken { get; init; }
}

/// <summary>How an account reaches CallGear. A token that is null in an update is kept as it was.</summary>
[GenerateSerializer, Immutable, Alias("CallGearAccess")]
public sealed record CallGearAccess
{
    /// <summary>The address of the Data API; regions differ in the host.</summary>
    [Id(0)] public required string BaseUrl { get; init; }

    /// <summary>The API key.</summary>
    [Id(1)] public ProtectedText? AccessToken { get; init; }

    /// <summary>The customer's id when the key belongs to an agent that looks after several customers.</summary>
    [Id(2)] public long? UserId { get; init; }
}

/// <summary>Everything that connects an account: what the operator sends, after its validation.</summary>
[GenerateSerializer, Immutable, Alias("AccountConnection")]
public sealed record AccountConnection
{
    /// <summary>The name people see.</summary>
    [Id(0)] public required string DisplayName { get; init; }

    /// <summary>The Bitrix24 side.</summary>
    [Id(1)] public required Bitrix24Access Bitrix24 { get; init; }

    /// <summary>The CallGear side.</summary>
    [Id(2)] public required CallGearAccess CallGear { get; init; }

    /// <summary>The account's choices.</summary>
    [Id(3)] public required AccountSettings Settings { get; init; }
}

/// <summary>How a request to connect an account ended.</summary>
[GenerateSerializer, Alias("ConnectOutcome")]
public enum ConnectOutcome
{
    /// <summary>The account is new.</summary>
    Connected,

    /// <summary>The account was there and is changed.</summary>
    Updated,

    /// <summary>A secret that is needed was left out and there is none to keep.</summary>
    SecretMissing,

    /// <summary>The account of this id is still being erased; try again shortly.</summary>
    BeingErased,

    /// <summary>The OAuth tokens are another account's: a pair renews once, so that one of the two would lose it.</summary>
    TokensTaken,
}

/// <summary>The answer to a request to connect an account.</summary>
/// <param name="Outcome">How it ended; nothing is stored unless it is connected or updated.</param>
/// <param name="MissingSecret">With <see cref="ConnectOutcome.SecretMissing"/>: the path of the member, such as
/// <c>callGear.accessToken</c>.</param>
/// <param name="Account">The account as it is now, when it is connected or updated.</param>
/// <param name="TokensOf">With <see cref="ConnectOutcome.TokensTaken"/>: the id of the account that has the tokens.</param>
[GenerateSerializer, Immutable, Alias("ConnectResponse")]
public sealed record ConnectResponse(
    [property: Id(0)] ConnectOutcome Outcome,
    [property: Id(1)] string? MissingSecret,
    [property: Id(2)] AccountView? Account,
    [property: Id(3)] string? TokensOf = null);

/// <summary>How a request to change an account's settings ended.</summary>
[GenerateSerializer, Alias("SettingsOutcome")]
public enum SettingsOutcome
{
    /// <summary>They are as asked for.</summary>
    Changed,

    /// <summary>There is no such account.</summary>
    NoAccount,

    /// <summary>They are not any more what the change was made from; nothing is stored.</summary>
    Outdated,
}

/// <summary>The answer to a request to change an account's settings.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Account">The account as it is now; null when there is none.</param>
[GenerateSerializer, Immutable, Alias("SettingsResponse")]
public sealed record SettingsResponse([property: Id(0)] SettingsOutcome Outcome, [property: Id(1)] AccountView? Account);
