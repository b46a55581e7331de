using System.Collections.Immutable;

namespace OrleansSync.Grains.Interfaces.Connections;

/// <summary>
/// An account's way to its Bitrix24 portal: keeps renewed tokens, waits for limits, repeats reads that fail for a passing reason (R8.11).
/// What else it proves itself with is in the account's row. Key: <see cref="GrainKeys.Account"/>.
/// </summary>
[Alias("IBitrix24ConnectionGrain")]
public interface IBitrix24ConnectionGrain : IGrainWithStringKey
{
    /// <summary>The whole list of users, proven whole (R8.4), by rising id.</summary>
    /// <param name="knownUsers">Users known from earlier runs, by which the first request is sized; 0 when none are.</param>
    /// <param name="context">On whose behalf.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    [Alias("ListUsers"), ResponseTimeout("00:20:00")]
    Task<CallOutcome<ImmutableArray<PortalUser>>> ListUsersAsync(
        int knownUsers, CallContext context, CancellationToken cancellationToken);

    /// <summary>One user, or an empty list when the portal has none of this id (R8.8).</summary>
    [Alias("GetUser"), ResponseTimeout("00:20:00")]
    Task<CallOutcome<ImmutableArray<PortalUser>>> GetUserAsync(long bitrixUserId, CallContext context, CancellationToken cancellationToken);

    /// <summary>What renewals of the account's tokens told of its portal; null until one did.</summary>
    /// <param name="generation">The generation of the account's connection; nothing is known of another.</param>
    [Alias("GetPortal")]
    Task<RenewedPortal?> GetPortalAsync(long generation);

    /// <summary>Whether the token is the account's application token, compared in constant time.</summary>
    /// <param name="token">The token.</param>
    /// <param name="generation">The generation of the account's connection; under another no token is right.</param>
    [Alias("IsApplicationToken")]
    Task<bool> IsApplicationTokenAsync(string token, long generation);

    /// <summary>Forgets the credentials and erases renewed tokens.</summary>
    [Alias("Clear")]
    Task ClearAsync();
}
