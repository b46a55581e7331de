using OrleansSync.Bitrix24.Credentials;

namespace OrleansSync.Bitrix24.OAuth;

/// <summary>
/// What a consent or a renewal brings. The refresh token replaces the one it was made with, so it must be stored before anything else.
/// </summary>
/// <param name="AccessToken">Lives for an hour.</param>
/// <param name="RefreshToken">Lives for 180 days, or until the next renewal.</param>
/// <param name="ClientEndpoint">Address below which the portal's methods are; null if not answered.</param>
/// <param name="Lifetime">How long the access token is valid; null if not answered.</param>
/// <param name="MemberId">The portal's id, which stays when its address changes; null if not answered.</param>
public sealed record Bitrix24TokenPair(
    string AccessToken, string RefreshToken, ClientEndpoint? ClientEndpoint, TimeSpan? Lifetime, string? MemberId = null)
{
    /// <summary>Shows neither token.</summary>
    public override string ToString() => $"Token pair for {ClientEndpoint?.ToString() ?? "a portal"}";
}
