using Microsoft.Extensions.Options;

namespace OrleansSync.Hosting.Settings;

/// <summary>What protects the secrets in the database.</summary>
[Section("Secrets")]
internal sealed record SecretsSettings
{
    /// <summary>The file that protects the key ring. Default: one in the data directory, embedded only.</summary>
    [Path("the path of a file")]
    public string? KeyFile { get; init; }
}

[OptionsValidator]
internal sealed partial class SecretsSettingsValidator : IValidateOptions<SecretsSettings>;
