using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using OrleansSync.Bitrix24.OAuth;

namespace OrleansSync.Hosting.Settings;

/// <summary>The OAuth application that was registered with Bitrix24.</summary>
[Section("Bitrix24:OAuth")]
public sealed record Bitrix24OAuthSettings : IValidatableObject
{
    internal const string TokenEndpointRule =
        "an https URL without user, query and fragment (plain http only together with OrleansSync__Outbound__AllowedNetworks)";

    /// <summary>The application's id; <see langword="null"/> means accounts can be connected by webhook only.</summary>
    public string? ClientId { get; init; }

    /// <summary>The application's secret; set exactly when <see cref="ClientId"/> is.</summary>
    public SecretText? ClientSecret { get; init; }

    /// <summary>Where tokens are renewed. Default: the vendor's.</summary>
    [SecureAddress(TokenEndpointRule, AllowsHttp = true)]
    public Uri TokenEndpoint { get; init; } = Bitrix24OAuthClient.DefaultTokenEndpoint;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
    [
        .. this.Needs(ClientId is not null && ClientSecret is null, nameof(ClientId), nameof(ClientSecret)),
        .. this.Needs(ClientSecret is not null && ClientId is null, nameof(ClientSecret), nameof(ClientId)),
    ];
}

[OptionsValidator]
internal sealed partial class Bitrix24OAuthSettingsValidator : IValidateOptions<Bitrix24OAuthSettings>;
