using System.Diagnostics;
using System.Globalization;
using Npgsql;
using OrleansSync.Testing;
using OrleansSync.Testing.Processes;

namespace OrleansSync.Storage.Tests.Pooling;

/// <summary>
/// A real PgBouncer before a server. It ends with the tests' process. As root it runs as the user nobody, because it
/// refuses root.
/// </summary>
internal sealed class PgBouncer : IAsyncDisposable
{
    private const string User = "nobody";

    private readonly TemporaryDirectory _directory = new();
    private readonly Process _process;
    private readonly string _mode;
    private readonly int _port;

    private PgBouncer(string connectionString, string mode)
    {
        var server = new NpgsqlConnectionStringBuilder(connectionString);
        var password = server.Password is { Length: > 0 } given ? $"password='{given}'" : "";
        _mode = mode;
        _port = LoopbackPorts.TakeFree(1)[0];
        File.WriteAllText(_directory.File("pgbouncer.ini"), string.Create(CultureInfo.InvariantCulture, $"""
            [databases]
            * = host={server.Host} port={server.Port} user={server.Username} {password}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {_port}
            unix_socket_dir =
            auth_type = any
            pool_mode = {mode}
            default_pool_size = 10
            max_client_conn = 200
            server_idle_timeout = 2
            """));
        string[] asUser = [];
        if (Environment.IsPrivilegedProcess)
        {
            using var chown = Process.Start("chown", ["-R", User, _directory.Path]);
            chown.WaitForExit();
            asUser = ["setpriv", $"--reuid={User}", "--clear-groups", "--"];
        }

        _process = Process.Start(new ProcessStartInfo(
            "/bin/sh", ["-c", PostgresProcess.Script, "sh", .. asUser, FindProgram(), "-q", _directory.File("pgbouncer.ini")])
        {
            // By INT it would wait for what has not ended.
            Environment = { ["STOP_BY"] = "TERM" },
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        })!;
    }

    /// <summary>Starts one and waits until it answers.</summary>
    /// <param name="connectionString">Of a database of the server.</param>
    /// <param name="mode">When a connection of the server goes to another client: after a <c>transaction</c> or a <c>session</c>.</param>
    public static async Task<PgBouncer> StartAsync(string connectionString, string mode)
    {
        var pooler = new PgBouncer(connectionString, mode);
        var through = new NpgsqlConnectionStringBuilder(pooler.Through(connectionString)) { Pooling = false };
        await using var dataSource = NpgsqlDataSource.Create(through);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await dataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
                return pooler;
            }
            catch (NpgsqlException) when (attempt < 100 && !pooler._process.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>The connection string of a database through the pooler, as operations.md says for its mode.</summary>
    public string Through(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Host = "127.0.0.1", Port = _port }
        + (_mode == "transaction" ? ";Max Auto Prepare=0;No Reset On Close=true" : "");

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _directory.Dispose();
    }

    private static string FindProgram() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin")
            .Select(folder => Path.Combine(folder, "pgbouncer")).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException(
            "These tests need PgBouncer and found it neither in PATH nor in /usr/sbin. Install it (apt-get install pgbouncer).");
}
