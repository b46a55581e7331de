using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces.Accounts;

namespace OrleansSync.Grains.Portals;

/// <summary>R8.12: what tells one portal from another.</summary>
/// <param name="Address"><see cref="Bitrix24Access.PortalKey"/>: authority and path before <c>/rest/</c>.</param>
/// <param name="MemberId">The vendor's id of the installation; null while it is not known.</param>
internal sealed record PortalIdentity(string Address, string? MemberId = null)
{
    public static PortalIdentity Of(Bitrix24Access access, string? memberId = null) => new(access.PortalKey, memberId);

    /// <summary>Whether links by id hold without further proof: the address is the same, and no id says otherwise.</summary>
    public bool IsSameAs(PortalIdentity other) =>
        Address == other.Address && (MemberId is null || other.MemberId is null || MemberId == other.MemberId);

    /// <summary>This portal, with the id that another connection to it told.</summary>
    public PortalIdentity KnownAs(PortalIdentity before) =>
        MemberId is null && IsSameAs(before) ? this with { MemberId = before.MemberId } : this;
}

/// <summary>R8.12: the portal that an account's links were made with, and what is undecided about another.</summary>
/// <param name="Portal">The portal.</param>
internal sealed record LinkedPortal(PortalIdentity Portal)
{
    /// <summary>The portal that a person has to decide about; null for none.</summary>
    public PortalHold? Hold { get; init; }

    /// <summary>The portal that a person said is another one, while the links of the former end; null for none.</summary>
    public PortalMove? Move { get; init; }
}

/// <summary>A portal that runs are held for.</summary>
/// <param name="Portal">The portal.</param>
/// <param name="Since">When the first of the runs in a row was held: all that ended since were held for this portal.</param>
internal sealed record PortalHold(PortalIdentity Portal, DateTimeOffset Since);

/// <summary>A move to another portal that was approved. It is finished by any run that finds that portal.</summary>
/// <param name="Portal">The portal.</param>
/// <param name="TakenOut">R7.2: employees whose users were taken out by hand, which the links that end will not tell any more.</param>
internal sealed record PortalMove(PortalIdentity Portal, ImmutableArray<long> TakenOut);
