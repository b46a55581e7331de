using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace OrleansSync.Load;

/// <summary>The service with an embedded silo as a process of its own, so that its memory and processor time are its alone.</summary>
internal sealed class MeasuredService : IAsyncDisposable
{
    private static readonly TimeSpan _sampling = TimeSpan.FromMilliseconds(250);

    private const string WrittenBytes = "orleanssync_storage_written_bytes_total";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("orleanssync-load-");
    private readonly Dictionary<string, string> _settings;
    private readonly WriteAheadLog _log;
    private Process? _process;
    private CancellationTokenSource? _watching;
    private Task _watch = Task.CompletedTask;
    private long _peak;

    public MeasuredService(string period, int port)
    {
        Client = new ServiceClient(port);
        _log = new WriteAheadLog(Path.Combine(_directory.FullName, "data", "orleanssync.db"));
        _settings = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}",
            ["OrleansSync__AdminKey"] = ServiceClient.Key,
            ["OrleansSync__DataDirectory"] = Path.Combine(_directory.FullName, "data"),
            ["OrleansSync__Outbound__AllowedNetworks__0"] = "127.0.0.0/8",
            ["OrleansSync__Schedule__Period"] = period,
            ["Logging__LogLevel__Default"] = "Error",
        };
    }

    /// <summary>Its HTTP interface.</summary>
    public ServiceClient Client { get; }

    /// <summary>Starts it and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        _process = ServiceProgram.Start(ServiceProgram.Root, "Api", _settings);
        _watching = new CancellationTokenSource();
        _watch = SampleAsync(_process, _watching.Token);
        while (!await Client.IsReadyAsync(_process))
        {
            await Task.Delay(_sampling, TimeProvider.System);
        }
    }

    /// <summary>Stops it in order.</summary>
    public async Task StopAsync()
    {
        await _watching!.CancelAsync();
        await _watch;
        await ServiceProgram.StopAsync(_process!);
        _watching.Dispose();
        _process = null;
    }

    /// <summary>Prints the head of the table whose lines <see cref="MeasureAsync"/> prints.</summary>
    public static void PrintHead()
    {
        Console.WriteLine("| step | time | processor | most memory | memory after | written | log |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
    }

    /// <summary>
    /// Does something, and prints how long it took, the processor time, the most memory that the process had meanwhile, the bytes of the
    /// rows' values that the service wrote, and those that the database's log got for it.
    /// </summary>
    public async Task MeasureAsync(string what, Func<Task> work)
    {
        _process!.Refresh();
        Interlocked.Exchange(ref _peak, _process.WorkingSet64);
        _log.Empty();
        var (begin, processor, written) =
            (TimeProvider.System.GetTimestamp(), _process.TotalProcessorTime, await Client.CounterAsync(WrittenBytes));
        await work();
        _process.Refresh();
        var elapsed = TimeProvider.System.GetElapsedTime(begin);
        var (taken, peak) = (_process.TotalProcessorTime - processor, Interlocked.Read(ref _peak));
        written = await Client.CounterAsync(WrittenBytes) - written;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {what} | {elapsed.TotalSeconds:0.0} s | {taken.TotalSeconds:0.0} s | {peak >> 20} MiB | {_process.WorkingSet64 >> 20} MiB "
            + $"| {written} B | {_log.Length()} |"));
    }

    /// <summary>Makes every account overdue, as if the service had been stopped for so long. Only while it is stopped.</summary>
    public void MakeDue(TimeSpan since)
    {
        using var connection = Open(SqliteOpenMode.ReadWrite);
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE account SET state = json_set(state, '$.lastServedAt', $at), next_run_at = $due";
        command.Parameters.AddWithValue("$due", TimeProvider.System.GetUtcNow() - since);
        command.Parameters.AddWithValue("$at", (TimeProvider.System.GetUtcNow() - since).ToString("O", CultureInfo.InvariantCulture));
        command.ExecuteNonQuery();
    }

    /// <summary>The bytes of the largest state, which every run writes, and of the largest connection, which none does.</summary>
    public (long State, long Connection) LargestAccount()
    {
        using var connection = Open(SqliteOpenMode.ReadOnly);
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT coalesce(max(length(CAST(state AS BLOB))), 0), coalesce(max(length(CAST(connection AS BLOB))), 0) FROM account";
        using var reader = command.ExecuteReader();
        reader.Read();
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await StopAsync();
        }

        Client.Dispose();
        _directory.Delete(recursive: true);
    }

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(_settings["OrleansSync__DataDirectory"], "orleanssync.db"),
            Mode = mode,
            Pooling = false,
        }.ToString());
        connection.Open();
        return connection;
    }

    private async Task SampleAsync(Process process, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested && !process.HasExited)
        {
            process.Refresh();
            var now = process.WorkingSet64;
            if (now > Interlocked.Read(ref _peak))
            {
                Interlocked.Exchange(ref _peak, now);
            }

            await Task.Delay(_sampling, TimeProvider.System, CancellationToken.None);
        }
    }
}
