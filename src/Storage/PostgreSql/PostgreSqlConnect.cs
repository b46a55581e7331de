using Npgsql;

namespace OrleansSync.Storage.PostgreSql;

/// <summary>How this program connects to PostgreSQL.</summary>
internal static class PostgreSqlConnect
{
    /// <summary>A database that starts together with this process needs some seconds.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Makes the one source of connections of the process. Its pool is bounded, because every storage operation opens a connection and
    /// a burst would otherwise use up the server's; statements that come back are prepared by themselves.
    /// </summary>
    public static NpgsqlDataSource CreateDataSource(string connectionString, int maxConnections)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        var builder = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxPoolSize = maxConnections,
            MinPoolSize = 0,
            MaxAutoPrepare = 50,
            AutoPrepareMinUsages = 2,

            // Below the 30 seconds that a grain call may take, so that a slow database is reported as such.
            CommandTimeout = Math.Min(given.CommandTimeout, 20),
            ApplicationName = given.ApplicationName ?? "OrleansSync",
        };
        return NpgsqlDataSource.Create(builder);
    }

    /// <summary>What the database is called at the beginning of a sentence; without the password.</summary>
    public static string NameOf(NpgsqlDataSource dataSource)
    {
        var target = new NpgsqlConnectionStringBuilder(dataSource.ConnectionString);
        return $"The PostgreSQL database {target.Database} at {target.Host}:{target.Port}";
    }

    /// <summary>
    /// Opens a connection; while nothing answers there or the server is starting, tries again for up to <see cref="Patience"/>.
    /// </summary>
    /// <exception cref="StartRefusedException">The server cannot be reached or refuses the connection. The message names the host, never
    /// the password.</exception>
    public static async Task<NpgsqlConnection> OpenPatientlyAsync(
        NpgsqlDataSource dataSource, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var started = timeProvider.GetTimestamp();
        while (true)
        {
            try
            {
                return await dataSource.OpenConnectionAsync(cancellationToken);
            }
            catch (NpgsqlException exception) when (exception.IsTransient && timeProvider.GetElapsedTime(started) < Patience)
            {
                await Task.Delay(_pause, timeProvider, cancellationToken);
            }
            catch (NpgsqlException exception)
            {
                throw new StartRefusedException(
                    $"{NameOf(dataSource)} cannot be used: {exception.Message} "
                    + "Check that it runs and that ConnectionStrings__OrleansSync is right.", exception);
            }
        }
    }
}
