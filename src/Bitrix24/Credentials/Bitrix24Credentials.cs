using System.Text.Json;

namespace OrleansSync.Bitrix24.Credentials;

/// <summary>What a call proves itself with. No text form of it shows a secret.</summary>
public abstract record Bitrix24Credentials
{
    private protected Bitrix24Credentials()
    {
    }

    /// <summary>Whether the customer hosts the portal, which changes what some errors mean.</summary>
    public bool IsOnPremise { get; init; }

    /// <summary>Names the portal whose limits a call counts against.</summary>
    public abstract string PortalKey { get; }

    /// <summary>What must never be shown.</summary>
    internal abstract string Secret { get; }

    internal abstract Uri MethodUrl(string method);

    internal abstract void WriteAuthorization(Utf8JsonWriter body);
}

/// <summary>An incoming webhook: the secret is part of its address.</summary>
public sealed record WebhookCredentials : Bitrix24Credentials
{
    /// <summary>Credentials from a webhook's address.</summary>
    /// <exception cref="ArgumentException">Not a webhook's address (see <see cref="WebhookAddress.TryParse"/>); the text does not repeat
    /// it.</exception>
    public WebhookCredentials(Uri webhookUrl)
    {
        ArgumentNullException.ThrowIfNull(webhookUrl);
        Address = WebhookAddress.TryParse(webhookUrl.OriginalString, out var address)
            ? address
            : throw new ArgumentException("Not the address of an incoming webhook.", nameof(webhookUrl));
    }

    /// <summary>The webhook.</summary>
    public WebhookAddress Address { get; }

    /// <inheritdoc />
    public override string PortalKey => Address.PortalKey;

    internal override string Secret => Address.Secret;

    internal override Uri MethodUrl(string method) => new(Address.Url, method);

    internal override void WriteAuthorization(Utf8JsonWriter body)
    {
    }

    /// <summary>The masked address.</summary>
    public override string ToString() => $"Webhook {Address.Masked}";
}

/// <summary>An OAuth application's access token, which lives for an hour.</summary>
public sealed record OAuthCredentials : Bitrix24Credentials
{
    private readonly ClientEndpoint _endpoint;

    /// <summary>Credentials from a portal's client endpoint and an access token.</summary>
    /// <exception cref="ArgumentException">Not a client endpoint (see <see cref="ClientEndpoint.TryParse"/>), or no token.</exception>
    public OAuthCredentials(Uri clientEndpoint, string accessToken)
    {
        ArgumentNullException.ThrowIfNull(clientEndpoint);
        ArgumentException.ThrowIfNullOrWhiteSpace(accessToken);
        _endpoint = Credentials.ClientEndpoint.TryParse(clientEndpoint.OriginalString, out var endpoint)
            ? endpoint
            : throw new ArgumentException("Not the client endpoint of a portal.", nameof(clientEndpoint));
        AccessToken = accessToken;
    }

    /// <summary>Address below which the portal's methods are.</summary>
    public Uri ClientEndpoint => _endpoint.Url;

    /// <inheritdoc />
    public override string PortalKey => _endpoint.PortalKey;

    internal string AccessToken { get; }

    internal override string Secret => AccessToken;

    internal override Uri MethodUrl(string method) => new(_endpoint.Url, method);

    internal override void WriteAuthorization(Utf8JsonWriter body) => body.WriteString("auth"u8, AccessToken);

    /// <summary>The endpoint.</summary>
    public override string ToString() => $"OAuth {_endpoint}";
}
