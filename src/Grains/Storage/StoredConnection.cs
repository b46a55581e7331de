using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Storage;

/// <summary>An account's connection as it is stored, in a column of its own: runs do not write it.</summary>
/// <param name="Connection">Both vendors' accesses with their sealed secrets, the name and the settings.</param>
/// <param name="Generation">Another with every change of the accesses, so that a call made on the strength of another connection is
/// refused.</param>
/// <param name="TokensSince">The generation in which the OAuth tokens were entered: renewed pairs of another are worth nothing.</param>
/// <param name="Portal">Which portal it is; null until a renewal of these tokens told it.</param>
internal sealed record StoredConnection(
    AccountConnection Connection, long Generation, long TokensSince, PortalView? Portal = null)
{
    /// <summary>The connection with what a renewal of its tokens told; the same instance when that is known.</summary>
    public StoredConnection With(RenewedPortal told)
    {
        var access = told.ApplyTo(Connection.Bitrix24);
        return access == Connection.Bitrix24 && told.Identity == Portal
            ? this
            : this with { Connection = Connection with { Bitrix24 = access }, Portal = told.Identity };
    }
}
