using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using OrleansSync.Hosting.Settings;

namespace OrleansSync.Api.Settings;

/// <summary>The issuer of access tokens that are accepted besides keys.</summary>
[Section("Oidc")]
internal sealed record OidcSettings : IValidatableObject
{
    /// <summary>The issuer's URL; its discovery document is read from there. Default: none, and keys alone are accepted.</summary>
    [SecureAddress("an https URL without user, query and fragment")]
    public Uri? Authority { get; init; }

    /// <summary>The audience that tokens must name; set exactly when <see cref="Authority"/> is.</summary>
    public string? Audience { get; init; }

    /// <summary>The id under which the issuer knows the web pages. Default: none, and people sign in with keys only.</summary>
    public string? ClientId { get; init; }

    /// <summary>The secret of that id. Default: none, as for a public client.</summary>
    public SecretText? ClientSecret { get; init; }

    /// <summary>The issuer; null when none is set.</summary>
    public OidcIssuer? Issuer => Authority is not null && Audience is not null ? new(Authority, Audience, ClientId, ClientSecret) : null;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
    [
        .. this.Needs(Authority is not null && Audience is null, nameof(Authority), nameof(Audience)),
        .. this.Needs(Audience is not null && Authority is null, nameof(Audience), nameof(Authority)),
        .. this.Needs(ClientSecret is not null && ClientId is null, nameof(ClientSecret), nameof(ClientId)),
        .. this.Needs(ClientId is not null && Authority is null && Audience is null, nameof(ClientId), nameof(Authority)),
    ];
}

[OptionsValidator]
internal sealed partial class OidcSettingsValidator : IValidateOptions<OidcSettings>;

/// <summary>An issuer of access tokens.</summary>
/// <param name="Authority">The issuer's URL; its discovery document is read from there.</param>
/// <param name="Audience">The audience that tokens must name.</param>
/// <param name="ClientId">The id under which the issuer knows the web pages; <see langword="null"/> means that people sign in with keys
/// only.</param>
/// <param name="ClientSecret">The secret of that id; <see langword="null"/> for a public client.</param>
internal sealed record OidcIssuer(Uri Authority, string Audience, string? ClientId = null, SecretText? ClientSecret = null);
