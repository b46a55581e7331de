using Microsoft.Extensions.Options;
using OrleansSync.Hosting.Settings;

namespace OrleansSync.Api.Settings;

/// <summary>The way of the operator into the service.</summary>
[Section("")]
internal sealed record OperatorSettings
{
    /// <summary>The operator's key. Default: one is made in the data directory, embedded only.</summary>
    [BearerToken]
    public SecretText? AdminKey { get; init; }
}

[OptionsValidator]
internal sealed partial class OperatorSettingsValidator : IValidateOptions<OperatorSettings>;
