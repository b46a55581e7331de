using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using OrleansSync.Grains.Connections.CallGear;
using OrleansSync.Grains.Connections.Calls;
using OrleansSync.Grains.Connections.Credentials;
using OrleansSync.Grains.Interfaces.Accounts;

namespace OrleansSync.Grains.Connections.Checks;

/// <summary>
/// Looks for an account that has the same Bitrix24 portal and the same CallGear account as a connection. It is a service to whoever tries a
/// connection: what does not answer is passed over.
/// </summary>
internal sealed partial class TwinSearch(ConnectionEnvironment environment, ILogger logger)
{
    private const int AccountsAtATime = 4;

    // A person waits, and the vendors answer sooner than this.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(15);

    private readonly CallGearIdentity _identity = new(environment.Secrets);

    /// <summary>The id of such an account; null when none is found.</summary>
    /// <param name="portalKey">The portal.</param>
    /// <param name="access">The CallGear side, its key sealed for <paramref name="owner"/>.</param>
    /// <param name="owner">Whose connection it is: that account is no twin of itself.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<string?> FindAsync(string portalKey, CallGearAccess access, string owner, CancellationToken cancellationToken)
    {
        if (access.AccessToken is null)
        {
            return null;
        }

        using var patience = new CancellationTokenSource(_patience, environment.Time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var neighbours = await ListAsync(portalKey, ending.Token);
            foreach (var few in neighbours.Where(accountId => accountId != owner).Chunk(AccountsAtATime))
            {
                var same = await Task.WhenAll(few.Select(accountId => IsSameAsync(accountId, access, owner, ending.Token)));
                if (Array.IndexOf(same, true) is >= 0 and var first)
                {
                    return few[first];
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            LogGivenUp(logger, _patience);
        }

        return null;
    }

    private async Task<ImmutableArray<string>> ListAsync(string portalKey, CancellationToken cancellationToken)
    {
        try
        {
            return await environment.Accounts.OfPortalAsync(portalKey).WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogNotListed(logger, exception);
            return [];
        }
    }

    private async Task<bool> IsSameAsync(string accountId, CallGearAccess access, string owner, CancellationToken cancellationToken)
    {
        try
        {
            var stored = await AccountCredentials.ReadAsync(environment.Accounts, accountId).WaitAsync(cancellationToken);
            return _identity.IsSame(stored?.CallGear, accountId, access, owner);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogAccountNotCompared(logger, accountId, exception);
            return false;
        }
    }
}
