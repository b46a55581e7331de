using System.Text.Json;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Storage;

namespace OrleansSync.Grains.Connections.Credentials;

/// <summary>What an account's calls prove themselves with, as its row has it: both sides are of one moment.</summary>
/// <param name="Generation">The generation of the connection.</param>
/// <param name="TokensSince">The generation in which the OAuth tokens were entered.</param>
/// <param name="Bitrix24">The Bitrix24 side, its secrets sealed for the account.</param>
/// <param name="CallGear">The CallGear side, its key sealed for the account.</param>
internal sealed record AccountCredentials(long Generation, long TokensSince, Bitrix24Access Bitrix24, CallGearAccess CallGear)
{
    /// <summary>Those of an account; null when there is none, or it is being erased.</summary>
    /// <exception cref="StorageUnavailableException">The database cannot be used.</exception>
    /// <exception cref="UnreadableRowException">What is stored is not a row.</exception>
    public static async Task<AccountCredentials?> ReadAsync(IAccountRows rows, string accountId)
    {
        if (await rows.ReadAsync(accountId) is not { Columns.IsBeingErased: false } row)
        {
            return null;
        }

        return Parse(row.Connection) is { Connection: not null } stored ? Of(stored) : throw Unreadable(accountId);

        StoredConnection? Parse(string? json)
        {
            try
            {
                return json is null ? null : JsonSerializer.Deserialize(json, GrainStateJsonContext.Default.StoredConnection);
            }
            catch (JsonException exception)
            {
                // What the parser says names a member at most: it quotes nothing of the text, which holds sealed secrets.
                throw Unreadable(accountId, exception);
            }
        }
    }

    /// <summary>Those of a connection.</summary>
    public static AccountCredentials Of(StoredConnection stored) =>
        new(stored.Generation, stored.TokensSince, stored.Connection.Bitrix24, stored.Connection.CallGear);

    private static UnreadableRowException Unreadable(string accountId, JsonException? inner = null) => new(
        $"Account {accountId}: what is stored of its connection cannot be read. Restore the database from a backup.", inner);
}
