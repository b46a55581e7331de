using System.Diagnostics.CodeAnalysis;
using OrleansSync.Bitrix24.OAuth;

namespace OrleansSync.Grains.Connections.Bitrix24;

/// <summary>The OAuth application that renews the tokens of accounts that are connected with OAuth.</summary>
public sealed class Bitrix24OAuthOptions
{
    /// <summary>The application's id. Default: none; then an expired access token cannot be renewed.</summary>
    public string? ClientId { get; set; }

    /// <summary>The application's secret. Default: none.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>Where tokens are renewed. Default: the vendor's endpoint.</summary>
    public Uri TokenEndpoint { get; set; } = Bitrix24OAuthClient.DefaultTokenEndpoint;

    /// <summary>Whether tokens can be renewed.</summary>
    [MemberNotNullWhen(true, nameof(ClientId), nameof(ClientSecret))]
    public bool IsComplete => !string.IsNullOrEmpty(ClientId) && !string.IsNullOrEmpty(ClientSecret);
}
