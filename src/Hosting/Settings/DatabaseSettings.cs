using Microsoft.Extensions.Options;

namespace OrleansSync.Hosting.Settings;

/// <summary>Limits of the use of PostgreSQL.</summary>
[Section("Database")]
public sealed record DatabaseSettings
{
    /// <summary>
    /// Connections that one process opens at most; further work waits for a free one. Default 20, 2 to 1000: four processes then
    /// stay below PostgreSQL's own default of 100. Keep the sum over all processes below the server's <c>max_connections</c>.
    /// </summary>
    [Within(2, 1000, "a whole number from 2 to 1000")]
    public int MaxConnections { get; init; } = 20;
}

[OptionsValidator]
internal sealed partial class DatabaseSettingsValidator : IValidateOptions<DatabaseSettings>;
