using Npgsql;

namespace OrleansSync.Storage.PostgreSql;

/// <summary>How this program connects to PostgreSQL.</summary>
internal static class PostgreSqlConnect
{
    /// <summary>A database that starts together with this process needs some seconds.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // What the operator's string says otherwise goes before it. Statements that come back are prepared by themselves, which a pooler of
    // transactions may not be able to pass on.
    private const string Defaults = "Application Name=OrleansSync;Max Auto Prepare=50;Auto Prepare Min Usages=2;";

    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Makes the one source of connections of the process. Its pool is bounded, because every storage operation opens a connection and
    /// a burst would otherwise use up the server's.
    /// </summary>
    public static NpgsqlDataSource CreateDataSource(string connectionString, int maxConnections)
    {
        var builder = new NpgsqlConnectionStringBuilder(Defaults + connectionString) { MaxPoolSize = maxConnections, MinPoolSize = 0 };

        // Below the 30 seconds that a grain call may take, so that a slow database is reported as such.
        builder.CommandTimeout = Math.Min(builder.CommandTimeout, 20);
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
