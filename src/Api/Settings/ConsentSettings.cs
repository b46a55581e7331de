using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using OrleansSync.Hosting.Settings;

namespace OrleansSync.Api.Settings;

/// <summary>The Bitrix24 application that people are sent to a portal to consent to.</summary>
[Section("Bitrix24:OAuth")]
internal sealed record ConsentSettings : IValidatableObject
{
    private const string Page = "/connect/bitrix24";

    /// <summary>The application's id. Default: none.</summary>
    public string? ClientId { get; init; }

    /// <summary>
    /// Where the application is registered to send people back to: the page <c>/connect/bitrix24</c> of this service. Default: none, and
    /// nobody can be sent to a portal to consent.
    /// </summary>
    [SecureAddress($"the https URL of this service's page {Page}, as it is registered with the application (http on loopback only)",
        EndsWith = Page)]
    public Uri? RedirectAddress { get; init; }

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        this.Needs(RedirectAddress is not null && ClientId is null, nameof(RedirectAddress), nameof(ClientId));
}

[OptionsValidator]
internal sealed partial class ConsentSettingsValidator : IValidateOptions<ConsentSettings>;
