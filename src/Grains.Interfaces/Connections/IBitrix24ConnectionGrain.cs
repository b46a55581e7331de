using System.Collections.Immutable;

namespace OrleansSync.Grains.Interfaces;

/// <summary>
/// An account's way to its Bitrix24 portal: keeps the credentials, renews tokens, waits for limits, repeats reads that fail for a passing reason (R8.11).
/// Key: <see cref="GrainKeys.Account"/>.
/// </summary>
[Alias("IBitrix24ConnectionGrain")]
public interface IBitrix24ConnectionGrain : IGrainWithStringKey
{
    /// <summary>Stores the access; secrets that are null are kept. Answers the path of a secret that is needed and missing; then nothing is stored.</summary>
    [Alias("Configure")]
    Task<string?> ConfigureAsync(Bitrix24Access access);

    /// <summary>The whole list of users, proven whole (R8.4), by rising id.</summary>
    [Alias("ListUsers"), ResponseTimeout("00:20:00")]
    Task<CallAnswer<ImmutableArray<PortalUser>>> ListUsersAsync(CallContext context, CancellationToken cancellationToken);

    /// <summary>One user, or an empty list when the portal has none of this id (R8.8).</summary>
    [Alias("GetUser"), ResponseTimeout("00:20:00")]
    Task<CallAnswer<ImmutableArray<PortalUser>>> GetUserAsync(long bitrixUserId, CallContext context, CancellationToken cancellationToken);

    /// <summary>Whether the token is the account's application token, compared in constant time.</summary>
    [Alias("IsApplicationToken")]
    Task<bool> IsApplicationTokenAsync(string token);

    /// <summary>Erases the credentials.</summary>
    [Alias("Clear")]
    Task ClearAsync();
}
