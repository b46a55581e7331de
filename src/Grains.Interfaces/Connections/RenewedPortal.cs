using OrleansSync.Grains.Interfaces.Accounts;

namespace OrleansSync.Grains.Interfaces.Connections;

/// <summary>What the renewal of an account's tokens told of its portal.</summary>
/// <param name="Identity">Which portal it is.</param>
/// <param name="Address">Where the portal is called instead of the address that was entered; null where that stays.</param>
[GenerateSerializer, Immutable, Alias("RenewedPortal")]
public sealed record RenewedPortal([property: Id(0)] PortalView Identity, [property: Id(1)] PortalAddress? Address)
{
    /// <summary>An access with the address where the portal is called.</summary>
    public Bitrix24Access ApplyTo(Bitrix24Access access) =>
        Address is null ? access : access with { DisplayAddress = Address.ClientEndpoint, PortalKey = Address.PortalKey };
}

/// <summary>Where a portal is called with OAuth tokens.</summary>
/// <param name="ClientEndpoint">The address below which its methods are.</param>
/// <param name="PortalKey">As <see cref="Bitrix24Access.PortalKey"/>.</param>
[GenerateSerializer, Immutable, Alias("PortalAddress")]
public sealed record PortalAddress([property: Id(0)] string ClientEndpoint, [property: Id(1)] string PortalKey);
