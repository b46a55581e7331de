using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Grains.Connections.Credentials;

/// <summary>An account's credentials as a grain knows them: read once for each generation of the connection.</summary>
/// <param name="account">The account.</param>
/// <param name="rows">Where they are stored.</param>
/// <param name="atHand">What a portal beside the grain has read already; null where there is none.</param>
internal sealed class KnownCredentials(string account, IAccountRows rows, CredentialsAtHand? atHand = null)
{
    private AccountCredentials? _known;

    /// <summary>The credentials of one call.</summary>
    /// <param name="generation">The generation that the call is made for; null for whichever there is.</param>
    public CallCredentials For(long? generation) => new(this, account, generation);

    /// <summary>The credentials of a generation; null when the account's connection is of another by now, or there is none.</summary>
    /// <exception cref="StorageUnavailableException">The database cannot be used.</exception>
    public async ValueTask<AccountCredentials?> FindAsync(long? generation)
    {
        if (_known is { } known && known.Generation == generation)
        {
            return known;
        }

        var read = atHand?.Find(account, generation) ?? await AccountCredentials.ReadAsync(rows, account);

        // Reads overtake each other, and one that began earlier must not bring an earlier connection back.
        if (read is null || _known is null || read.Generation > _known.Generation)
        {
            _known = read;
        }

        return generation is null || read?.Generation == generation ? read : null;
    }

    public void Forget() => _known = null;
}
