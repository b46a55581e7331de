using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Connections;

/// <summary>What is stored of an account's way to CallGear.</summary>
internal sealed record CallGearConnectionState
{
    /// <summary>The access, its key protected for the account; null until it is configured.</summary>
    public CallGearAccess? Access { get; init; }

    /// <summary>The state with a new access, in which a key that is null is kept.</summary>
    /// <param name="access">The access as it was sent.</param>
    public CallGearConnectionState With(CallGearAccess access) =>
        this with { Access = access with { AccessToken = access.AccessToken ?? Access?.AccessToken } };

    /// <summary>The state with its secrets under the current key of the ring; the same instance when they are.</summary>
    /// <param name="secrets">Protects.</param>
    /// <param name="account">Whose secrets they are.</param>
    public CallGearConnectionState Refreshed(AccountSecrets secrets, string account)
    {
        var token = secrets.Refresh(account, Access?.AccessToken);
        return ReferenceEquals(token, Access?.AccessToken) ? this : this with { Access = Access! with { AccessToken = token } };
    }

    /// <summary>Path of the secret that is needed and missing; null when none is.</summary>
    public string? MissingSecret() => Access is { AccessToken: null } ? "callGear.accessToken" : null;
}
