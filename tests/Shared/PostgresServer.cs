using System.Security.Cryptography;
using Npgsql;
using OrleansSync.Testing.Processes;

namespace OrleansSync.Testing;

/// <summary>
/// A real PostgreSQL for the tests of one process, started when the first test asks for a database and stopped with the process. With
/// <c>ORLEANSSYNC_TEST_POSTGRES</c> (a connection string whose user may create databases) that server is used instead.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string EnvironmentVariable = "ORLEANSSYNC_TEST_POSTGRES";
    private static readonly TimeSpan _startBudget = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly List<string> _databases = [];
    private PostgresProcess? _process;
    private string? _connectionString;

    /// <summary>Makes an empty database and answers its connection string.</summary>
    /// <exception cref="InvalidOperationException">There is no PostgreSQL on this machine; the message says how to get one.</exception>
    public async Task<string> CreateDatabaseAsync()
    {
        await _gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            _connectionString ??= await StartAsync();
            var name = "test_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
            await ExecuteAsync($"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0");
            _databases.Add(name);
            return new NpgsqlConnectionStringBuilder(_connectionString) { Database = name }.ToString();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
        else if (_connectionString is not null)
        {
            foreach (var name in _databases)
            {
                await ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
            }
        }

        _gate.Dispose();
    }

    /// <summary>Starts a server of the caller's own, whatever the variable says.</summary>
    /// <param name="place">A directory to have the data in; by default one among the temporary ones.</param>
    /// <exception cref="InvalidOperationException">There is no PostgreSQL on this machine, or it does not start.</exception>
    internal static async Task<PostgresProcess> StartProcessAsync(string? place = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            var process = await PostgresProcess.StartAsync(LoopbackPorts.TakeFree(1)[0], place);
            if (await process.WaitUntilReadyAsync(_startBudget))
            {
                return process;
            }

            // The likely reason is that another process took the port in between.
            await process.DisposeAsync();
            if (attempt == 3)
            {
                throw new InvalidOperationException("PostgreSQL did not start for the tests:" + Environment.NewLine + process.Output);
            }
        }
    }

    private async Task<string> StartAsync()
    {
        if (Environment.GetEnvironmentVariable(EnvironmentVariable) is { Length: > 0 } given)
        {
            return given;
        }

        _process = await StartProcessAsync();
        return _process.ConnectionString;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var dataSource = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_connectionString) { Pooling = false });
        await using var command = dataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
