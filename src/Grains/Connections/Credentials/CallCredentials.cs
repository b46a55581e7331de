using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Connections.Credentials;

/// <summary>The credentials of one call, however many requests it sends: never those of another connection than it began with.</summary>
/// <param name="known">What the grain has read.</param>
/// <param name="account">The account.</param>
/// <param name="generation">The generation that the call is made for; null for whichever there is when it begins.</param>
internal sealed class CallCredentials(KnownCredentials known, string account, long? generation)
{
    private long? _generation = generation;

    /// <summary>What a call is answered with whose connection is not the account's any more.</summary>
    public CallFailure Outdated { get; } = new()
    {
        Problem = new Problem(
            ProblemCode.Interrupted,
            $"The connection of account {account} was changed (or the account disconnected) while this run was under way; "
            + "nothing was sent. The next import uses the new one."),
        IsOutdated = true,
    };

    /// <summary>What to call with; null when the connection was changed or is gone.</summary>
    /// <exception cref="StorageUnavailableException">The database cannot be used.</exception>
    public async ValueTask<AccountCredentials?> FindAsync()
    {
        var found = await known.FindAsync(_generation);
        _generation ??= found?.Generation;
        return found;
    }
}
