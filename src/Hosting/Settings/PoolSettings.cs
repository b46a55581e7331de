using Microsoft.Extensions.Options;

namespace OrleansSync.Hosting.Settings;

/// <summary>The connections to PostgreSQL.</summary>
[Section("Database")]
internal sealed record PoolSettings
{
    /// <summary>Connections that one process opens at most, see <see cref="Storage.DatabaseSettings.MaxConnections"/>.</summary>
    [Within(2, 1000, "a whole number from 2 to 1000")]
    public int MaxConnections { get; init; } = new Storage.DatabaseSettings().MaxConnections;
}

[OptionsValidator]
internal sealed partial class PoolSettingsValidator : IValidateOptions<PoolSettings>;
