using System.Diagnostics.CodeAnalysis;

namespace OrleansSync.Bitrix24.Credentials;

/// <summary>Address below which an OAuth application calls a portal's methods, <c>https://HOST[/PATH]/rest/</c>. Not a secret.</summary>
public sealed class ClientEndpoint : IEquatable<ClientEndpoint>
{
    private ClientEndpoint(PortalAddress address)
    {
        Url = new Uri(address.Root);
        PortalKey = address.Key;
    }

    /// <summary>The address, ending in a slash.</summary>
    public Uri Url { get; }

    /// <summary>Names the portal whose limits a call counts against, equal to that of a webhook of the same portal.</summary>
    public string PortalKey { get; }

    /// <summary>
    /// Reads an address, with or without its last slash. False when it is not http or https, does not end in <c>/rest/</c>, or has a
    /// query, fragment or user name.
    /// </summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ClientEndpoint? endpoint)
    {
        endpoint = PortalAddress.Parse(text, segmentsAfterRest: 0) is { } parts ? new ClientEndpoint(parts) : null;
        return endpoint is not null;
    }

    /// <inheritdoc />
    public bool Equals(ClientEndpoint? other) => other is not null && other.Url == Url;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as ClientEndpoint);

    /// <inheritdoc />
    public override int GetHashCode() => Url.GetHashCode();

    /// <summary>The address.</summary>
    public override string ToString() => Url.AbsoluteUri;
}
