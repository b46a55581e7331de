using OrleansSync.Hosting.Settings;

namespace OrleansSync.Api.Settings;

/// <summary>The way of the operator into the service.</summary>
/// <param name="AdminKey">The operator's key. Default: one is made in the data directory, embedded only.</param>
[Section("")]
internal sealed record OperatorSettings([property: BearerToken] SecretText? AdminKey = null);
