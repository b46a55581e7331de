using OrleansSync.Bitrix24.Credentials;
using OrleansSync.Bitrix24.OAuth;
using OrleansSync.Grains.Connections.Credentials;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Outbound;

namespace OrleansSync.Grains.Connections.Bitrix24;

/// <summary>What the renewal of an account's tokens told of its portal.</summary>
/// <param name="Generation">The generation of the connection it was told for: an address that is entered later counts again.</param>
/// <param name="Host">The portal's host, with its port where that is not the scheme's own.</param>
/// <param name="MemberId">The portal's id; null if not told.</param>
/// <param name="Endpoint">The address to call from then on; null for the one that was entered.</param>
internal sealed record ToldPortal(long Generation, string Host, string? MemberId, string? Endpoint)
{
    /// <summary>What a new pair of tokens tells; null when it names no portal.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="credentials">What it was obtained for.</param>
    /// <param name="isMoved">Whether the portal's address sends callers elsewhere.</param>
    /// <param name="outbound">Which addresses may be called.</param>
    public static ToldPortal? Of(Bitrix24TokenPair pair, AccountCredentials credentials, bool isMoved, OutboundAddressPolicy outbound)
    {
        if (pair.ClientEndpoint is not { } endpoint)
        {
            return null;
        }

        // A portal in the customer's own network is often called by another name than it knows itself by. While that name answers, it
        // stays.
        var isFollowed = isMoved || credentials.Bitrix24.Edition == Bitrix24Edition.Cloud;
        var address = AddressOf(endpoint, credentials.Bitrix24);
        return new ToldPortal(
            credentials.Generation,
            endpoint.Url.IsDefaultPort ? endpoint.Url.IdnHost : $"{endpoint.Url.IdnHost}:{endpoint.Url.Port}",
            pair.MemberId,
            isFollowed && outbound.WhyRefused(address) is null ? address.AbsoluteUri : null);
    }

    /// <summary>What is known after a renewal: an address that was told stays until another is.</summary>
    /// <param name="before">What was known before; null for nothing.</param>
    /// <param name="told">What the renewal told; null for nothing.</param>
    public static ToldPortal? After(ToldPortal? before, ToldPortal? told) =>
        told is null || before?.Generation != told.Generation ? told ?? before
        : told with { Endpoint = told.Endpoint ?? before.Endpoint, MemberId = told.MemberId ?? before.MemberId };

    /// <summary>An account's access with the address that was told for it.</summary>
    public static Bitrix24Access Apply(ToldPortal? told, AccountCredentials credentials) =>
        told?.Generation == credentials.Generation ? told.Renewed().ApplyTo(credentials.Bitrix24) : credentials.Bitrix24;

    // The vendor names some portals by http although they answer by https. What was entered with https is not called without.
    private static Uri AddressOf(ClientEndpoint told, Bitrix24Access entered) =>
        told.Url is { Scheme: "http", IsDefaultPort: true } && entered.DisplayAddress.StartsWith("https:", StringComparison.Ordinal)
            ? new UriBuilder(told.Url) { Scheme = Uri.UriSchemeHttps, Port = -1 }.Uri
            : told.Url;

    /// <summary>What the account's portal is told of it.</summary>
    public RenewedPortal Renewed() => new(
        new PortalView(Host, MemberId),
        ClientEndpoint.TryParse(Endpoint, out var endpoint)
            ? new PortalAddress(endpoint.Url.AbsoluteUri, endpoint.PortalKey)
            : null);
}
