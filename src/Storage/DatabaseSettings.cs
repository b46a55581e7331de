namespace OrleansSync.Storage;

/// <summary>Limits of the use of PostgreSQL.</summary>
public sealed record DatabaseSettings
{
    /// <summary>
    /// Connections that one process opens at most; further work waits for a free one. Default 20, 2 to 1000: four processes then
    /// stay below PostgreSQL's own default of 100. Keep the sum over all processes below the server's <c>max_connections</c>.
    /// </summary>
    public int MaxConnections { get; init; } = 20;
}
