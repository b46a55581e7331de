using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using OrleansSync.Grains.Connections.Credentials;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Grains.Connections.Checks;

/// <summary>
/// Looks for an account that was given the same pair of OAuth tokens. A pair belongs to one portal, so that only the portal's accounts are
/// looked at; one that cannot be read is passed over.
/// </summary>
internal sealed partial class TokenTwinSearch(IAccountRows accounts, AccountSecrets secrets, TimeProvider time, ILogger logger)
{
    // A person waits, and what a search misses shows when the pair is renewed.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    /// <summary>The id of such an account; null when none is found.</summary>
    /// <param name="accountId">The account that is given the tokens: it is no twin of itself.</param>
    /// <param name="access">What it is given, its secrets sealed for it.</param>
    public async Task<string?> FindAsync(string accountId, Bitrix24Access access)
    {
        if (HashOf(accountId, access) is not { } wanted)
        {
            return null;
        }

        using var patience = new CancellationTokenSource(_patience, time);
        try
        {
            foreach (var other in await accounts.OfPortalAsync(access.PortalKey).WaitAsync(patience.Token))
            {
                if (other != accountId && await HasAsync(other, wanted, patience.Token))
                {
                    return other;
                }
            }
        }
        catch (OperationCanceledException)
        {
            LogGivenUp(logger, accountId, _patience);
        }

        return null;
    }

    private async Task<bool> HasAsync(string accountId, byte[] wanted, CancellationToken cancellationToken)
    {
        try
        {
            var stored = await AccountCredentials.ReadAsync(accounts, accountId).WaitAsync(cancellationToken);
            return stored is not null
                && HashOf(accountId, stored.Bitrix24) is { } hash
                && CryptographicOperations.FixedTimeEquals(hash, wanted);
        }
        catch (UnreadableRowException exception)
        {
            LogNotCompared(logger, accountId, exception);
            return false;
        }
    }

    // Hashed, so that neither the time nor the length tells anything of the token.
    private byte[]? HashOf(string owner, Bitrix24Access access)
    {
        try
        {
            return access is { IsOAuth: true, RefreshToken: { } token }
                ? SHA256.HashData(Encoding.UTF8.GetBytes(secrets.Open(owner, token)))
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    [LoggerMessage(3174, LogLevel.Warning, "Account {AccountId} was not compared with another that is given OAuth tokens.")]
    private static partial void LogNotCompared(ILogger logger, string accountId, Exception exception);

    [LoggerMessage(
        3175, LogLevel.Warning, "Whether the OAuth tokens of account {AccountId} are another's was not found out within {Patience}.")]
    private static partial void LogGivenUp(ILogger logger, string accountId, TimeSpan patience);
}
