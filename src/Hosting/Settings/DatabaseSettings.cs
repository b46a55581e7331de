namespace OrleansSync.Hosting.Settings;

/// <summary>Limits of the use of PostgreSQL.</summary>
/// <param name="MaxConnections">
/// Connections that one process opens at most; further work waits for a free one. Default 20, 2 to 1000: four processes then stay below
/// PostgreSQL's own default of 100. Keep the sum over all processes below the server's <c>max_connections</c>.
/// </param>
[Section("Database")]
public sealed record DatabaseSettings([property: Within(2, 1000, "a whole number from 2 to 1000")] int MaxConnections = 20);
