using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Npgsql;
using OrleansSync.Testing.Processes;

namespace OrleansSync.Load;

/// <summary>Silos and one API process of a checkout that meet in a PostgreSQL database.</summary>
internal sealed class MeasuredCluster : IAsyncDisposable
{
    /// <summary>The id of the cluster, and of the service, when no setting says another.</summary>
    public const string ClusterId = "orleanssync";

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(250);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("orleanssync-load-");
    private readonly List<Process> _processes = [];
    private readonly string _checkout;
    private readonly string _connectionString;
    private readonly int _silos;
    private Dictionary<string, string> _settings = [];

    private MeasuredCluster(string checkout, string connectionString, int silos, int port) =>
        (_checkout, _connectionString, _silos, Client) = (checkout, connectionString, silos, new ServiceClient(port));

    /// <summary>Its HTTP interface.</summary>
    public ServiceClient Client { get; }

    /// <summary>The processor time of all processes since they started.</summary>
    public TimeSpan Processor
    {
        get
        {
            _processes.ForEach(process => process.Refresh());
            return new(_processes.Sum(process => process.TotalProcessorTime.Ticks));
        }
    }

    /// <summary>All processes.</summary>
    public IReadOnlyList<int> ProcessIds => [.. _processes.Select(process => process.Id)];

    /// <summary>Whether all processes run.</summary>
    public bool IsRunning => _processes.TrueForAll(process => !process.HasExited);

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="checkout">The root of the checkout.</param>
    /// <param name="connectionString">The database.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <param name="silos">How many silos.</param>
    public static async Task<MeasuredCluster> StartAsync(
        string checkout, string connectionString, CancellationToken cancellationToken, int silos = 1)
    {
        var cluster = new MeasuredCluster(checkout, connectionString, silos, LoopbackPorts.TakeFree(1)[0]);
        try
        {
            cluster._settings = await cluster.SettingsAsync(cancellationToken);
            await cluster.StartProcessesAsync(cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops it in order, does something, starts it again, and answers how long it took until it was ready.</summary>
    /// <param name="whileStopped">What is done in between.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public async Task<TimeSpan> RestartAsync(Func<Task> whileStopped, CancellationToken cancellationToken)
    {
        await StopProcessesAsync();
        await whileStopped();
        var begin = TimeProvider.System.GetTimestamp();
        await StartProcessesAsync(cancellationToken);
        return TimeProvider.System.GetElapsedTime(begin);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await StopProcessesAsync();
        Client.Dispose();
        _directory.Delete(recursive: true);
    }

    private async Task StartProcessesAsync(CancellationToken cancellationToken)
    {
        for (var silo = 0; silo < _silos; silo++)
        {
            _processes.Add(ServiceProgram.Start(_checkout, "Silo", WithPorts(_settings, LoopbackPorts.TakeFree(2))));
        }

        if (_silos > 1)
        {
            // A client that starts before the others have joined learns of them only after a minute.
            await UntilJoinedAsync(cancellationToken);
        }

        _processes.Add(ServiceProgram.Start(_checkout, "Api", _settings));
        while (!await Client.IsReadyAsync(_processes[^1]))
        {
            await Task.Delay(_pause, TimeProvider.System, cancellationToken);
        }
    }

    private async Task UntilJoinedAsync(CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(_connectionString) { Pooling = false }.ToString());
        while (await JoinedAsync(database, cancellationToken) < _silos)
        {
            if (!IsRunning)
            {
                throw new InvalidOperationException("A silo ended at its start.");
            }

            await Task.Delay(_pause, TimeProvider.System, cancellationToken);
        }
    }

    private static async Task<long> JoinedAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT count(*) FROM membership_silo WHERE status = $1");
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = (int)SiloStatus.Active });
        try
        {
            return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            // The first silo makes the tables.
            return 0;
        }
    }

    private async Task StopProcessesAsync()
    {
        foreach (var process in Enumerable.Reverse(_processes))
        {
            await ServiceProgram.StopAsync(process);
        }

        _processes.Clear();
    }

    private async Task<Dictionary<string, string>> SettingsAsync(CancellationToken cancellationToken)
    {
        var keyFile = Path.Combine(_directory.FullName, "key.file");
        await File.WriteAllTextAsync(keyFile, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), cancellationToken);

        // In the environment, which every release reads alike.
        return new()
        {
            ["ASPNETCORE_URLS"] = Client.Address.GetLeftPart(UriPartial.Authority),
            ["ConnectionStrings__OrleansSync"] = _connectionString,
            ["OrleansSync__AdminKey"] = ServiceClient.Key,
            ["OrleansSync__Secrets__KeyFile"] = keyFile,
            ["OrleansSync__DataDirectory"] = Path.Combine(_directory.FullName, "unused"),
            ["OrleansSync__Cluster__AdvertisedAddress"] = "127.0.0.1",
            ["OrleansSync__Outbound__AllowedNetworks__0"] = "127.0.0.0/8",
            ["OrleansSync__Schedule__Period"] = "7.00:00:00",
            ["Logging__LogLevel__Default"] = "Error",
        };
    }

    private static Dictionary<string, string> WithPorts(Dictionary<string, string> settings, int[] ports) => new(settings)
    {
        ["OrleansSync__Cluster__SiloPort"] = ports[0].ToString(CultureInfo.InvariantCulture),
        ["OrleansSync__Cluster__GatewayPort"] = ports[1].ToString(CultureInfo.InvariantCulture),
    };
}
