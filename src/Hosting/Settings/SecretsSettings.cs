namespace OrleansSync.Hosting.Settings;

/// <summary>What protects the secrets in the database.</summary>
/// <param name="KeyFile">The file that protects the key ring. Default: one in the data directory, embedded only.</param>
[Section("Secrets")]
internal sealed record SecretsSettings([property: Path("the path of a file")] string? KeyFile = null);
