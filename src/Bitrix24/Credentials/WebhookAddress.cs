using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace OrleansSync.Bitrix24.Credentials;

/// <summary>
/// Address of an incoming webhook, <c>https://HOST[/PATH]/rest/{user}/{secret}/</c>. The address itself is a secret: show
/// <see cref="Masked"/> only. Which schemes and networks are allowed is not decided here.
/// </summary>
public sealed class WebhookAddress : IEquatable<WebhookAddress>
{
    private static readonly SearchValues<char> _secretCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    private WebhookAddress(PortalAddress address, long userId, string secret)
    {
        Url = new Uri($"{address.Root}{userId.ToString(CultureInfo.InvariantCulture)}/{secret}/");
        Masked = $"{address.Root}{userId.ToString(CultureInfo.InvariantCulture)}/•••";
        PortalKey = address.Key;
        UserId = userId;
        Secret = secret;
    }

    /// <summary>The whole address with its secret, ending in a slash.</summary>
    public Uri Url { get; }

    /// <summary>The address with the secret hidden, as it may be shown: <c>https://acme.bitrix24.com/rest/1/•••</c>.</summary>
    public string Masked { get; }

    /// <summary>Names the portal whose limits a call counts against: lower-case authority and the path before <c>/rest/</c>.</summary>
    public string PortalKey { get; }

    /// <summary>Bitrix24 user who owns the webhook and whose rights it has.</summary>
    public long UserId { get; }

    internal string Secret { get; }

    /// <summary>
    /// Reads an address, with or without its last slash. False when it is not of the documented shape: another scheme than http or https,
    /// no positive user id, no secret, or a query, fragment or user name in it.
    /// </summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out WebhookAddress? address)
    {
        address = null;
        if (PortalAddress.Parse(text, segmentsAfterRest: 2) is not { AfterRest: [var user, var secret] } parts
            || !long.TryParse(user, NumberStyles.None, CultureInfo.InvariantCulture, out var userId)
            || userId <= 0
            || secret.AsSpan().ContainsAnyExcept(_secretCharacters))
        {
            return false;
        }

        address = new WebhookAddress(parts, userId, secret);
        return true;
    }

    /// <inheritdoc />
    public bool Equals(WebhookAddress? other) => other is not null && other.Url == Url;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as WebhookAddress);

    /// <inheritdoc />
    public override int GetHashCode() => Url.GetHashCode();

    /// <summary>The masked address.</summary>
    public override string ToString() => Masked;
}
