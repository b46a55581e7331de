using System.Diagnostics;
using System.Globalization;
using System.Text;
using Npgsql;

namespace OrleansSync.Testing;

/// <summary>
/// A PostgreSQL server in a directory of its own. Its shell ends the server as soon as its input closes, which happens even when the tests'
/// process is killed. As root it runs as the user postgres or nobody, because PostgreSQL refuses root.
/// </summary>
internal sealed class PostgresProcess : IAsyncDisposable
{
    private const string User = "orleanssync";

    /// <summary>A shell script that runs a server and ends it with its own input, by the signal STOP_BY or else INT.</summary>
    // A shell gives what it starts in the background no input, hence the copy of the tests' pipe; the server must not hold that copy open.
    internal const string Script =
        "exec 3<&0; \"$@\" </dev/null 3<&- & server=$!; { cat <&3 >/dev/null; kill -${STOP_BY:-INT} $server; } & wait $server";

    private readonly string[] _command;
    private readonly DirectoryInfo _directory;
    private readonly StringBuilder _output = new();
    private Process _process;

    private PostgresProcess(string[] command, DirectoryInfo directory, int port)
    {
        _command = command;
        _directory = directory;
        ConnectionString = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Username = User,
            Database = "postgres",
            IncludeErrorDetail = true,
        }.ToString();
        _process = StartServer();
    }

    /// <summary>Of the maintenance database.</summary>
    public string ConnectionString { get; }

    /// <summary>What the server has printed.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Makes a cluster and starts a server for it on a loopback port.</summary>
    /// <param name="port">The port.</param>
    /// <param name="place">A directory to have the data in; by default one among the temporary ones.</param>
    /// <param name="isDurable">Whether it flushes every commit to the disk, as a server does whose data must survive a power cut.</param>
    public static async Task<PostgresProcess> StartAsync(int port, string? place = null, bool isDurable = false)
    {
        var programs = FindPrograms();
        var owner = Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows() ? UnprivilegedUser() : null;
        var directory = place is null
            ? Directory.CreateTempSubdirectory("orleanssync-postgres-")
            : Directory.CreateDirectory(Path.Combine(place, "postgres"));
        if (owner is not null)
        {
            await RunAsync(["chown", $"{owner.Id}:{owner.Group}", directory.FullName]);
        }

        var data = Path.Combine(directory.FullName, "data");
        await RunAsync([.. As(owner), Path.Combine(programs, "initdb"), "-D", data, "-U", User, "-A", "trust",
            "-E", "UTF8", "--locale=C", "--no-sync"]);
        string[] server =
        [
            .. As(owner), Path.Combine(programs, "postgres"), "-D", data, "-p", port.ToString(CultureInfo.InvariantCulture),
            "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=300", "-c", "shared_buffers=64MB",

            // Only a machine that loses its power needs them.
            .. isDurable ? Array.Empty<string>() : ["-c", "fsync=off", "-c", "full_page_writes=off"],
        ];
        return new(["/bin/sh", "-c", Script, "sh", .. server], directory, port);
    }

    /// <summary>Ends the server and starts it again on the same data and port, without waiting until it answers.</summary>
    /// <param name="immediate">Whether to abort it, so that it has to recover, rather than to end its sessions in order.</param>
    public async Task RestartAsync(bool immediate)
    {
        if (immediate)
        {
            // The first line of the file is the server's process.
            var server = (await File.ReadAllLinesAsync(Path.Combine(_directory.FullName, "data", "postmaster.pid")))[0];
            await RunAsync(["kill", "-QUIT", server]);
        }

        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = StartServer();
    }

    /// <summary>Waits until the server answers; <see langword="false"/> when it ended or does not answer in time.</summary>
    public async Task<bool> WaitUntilReadyAsync(TimeSpan budget)
    {
        var started = TimeProvider.System.GetTimestamp();
        await using var dataSource = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false });
        while (!_process.HasExited && TimeProvider.System.GetElapsedTime(started) < budget)
        {
            try
            {
                await using var connection = await dataSource.OpenConnectionAsync();
                return true;
            }
            catch (NpgsqlException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
        }

        return false;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _directory.Delete(recursive: true);
    }

    private Process StartServer()
    {
        var process = Start(_command);
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static string FindPrograms()
    {
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

        // Debian keeps the programs of each version in a folder of their own; the newest goes first, and all go before what PATH may link
        // to.
        var installed = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(
                folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
                .Select(folder => Path.Combine(folder, "bin"))
            : [];
        return installed.Concat(onPath).FirstOrDefault(
            folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")))
            ?? throw new InvalidOperationException(
                "These tests need PostgreSQL and found neither initdb and postgres (looked in PATH and /usr/lib/postgresql/*/bin) nor "
                + "ORLEANSSYNC_TEST_POSTGRES. Install it (Debian and Ubuntu: apt-get install postgresql; macOS: brew install postgresql), "
                + "or set ORLEANSSYNC_TEST_POSTGRES to the connection string of a server where tests may create databases.");
    }

    private static Account UnprivilegedUser()
    {
        var accounts = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(fields => fields.Length > 3).ToList();
        var fields = accounts.Find(account => account[0] == "postgres") ?? accounts.Find(account => account[0] == "nobody")
            ?? throw new InvalidOperationException(
                "PostgreSQL refuses to run as root, and this machine has neither a user postgres nor nobody.");
        return new(fields[2], fields[3]);
    }

    private static string[] As(Account? account) =>
        account is null ? [] : ["setpriv", $"--reuid={account.Id}", $"--regid={account.Group}", "--clear-groups", "--"];

    private static Process Start(string[] command)
    {
        // A working directory that the other user may enter: PostgreSQL complains otherwise.
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        return Process.Start(start)!;
    }

    private static async Task RunAsync(string[] command)
    {
        using var process = Start(command);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"{string.Join(' ', command)} ended with {process.ExitCode}:{Environment.NewLine}{await output}{await error}");
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
        {
            _output.AppendLine(line.Data);
        }
    }

    private sealed record Account(string Id, string Group);
}
