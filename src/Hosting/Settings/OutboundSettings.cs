using Microsoft.Extensions.Options;

namespace OrleansSync.Hosting.Settings;

/// <summary>What the service may call.</summary>
[Section("Outbound")]
internal sealed record OutboundSettings
{
    /// <summary>
    /// Networks that account URLs may reach although private or loopback, and over plain http, each under its number. Default none.
    /// </summary>
    [Network(", for example 10.0.0.0/8 or 127.0.0.0/8")]
    public IReadOnlyDictionary<string, string> AllowedNetworks { get; init; } = new Dictionary<string, string>();
}

[OptionsValidator]
internal sealed partial class OutboundSettingsValidator : IValidateOptions<OutboundSettings>;
