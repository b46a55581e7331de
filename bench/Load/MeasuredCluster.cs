using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using OrleansSync.Testing.Processes;

namespace OrleansSync.Load;

/// <summary>One silo and one API process of a checkout that meet in a PostgreSQL database.</summary>
internal sealed class MeasuredCluster : IAsyncDisposable
{
    /// <summary>The id of the cluster, and of the service, when no setting says another.</summary>
    public const string ClusterId = "orleanssync";

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(250);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("orleanssync-load-");
    private readonly List<Process> _processes = [];
    private readonly string _checkout;
    private Dictionary<string, string> _settings = [];

    private MeasuredCluster(string checkout, int port) => (_checkout, Client) = (checkout, new ServiceClient(port));

    /// <summary>Its HTTP interface.</summary>
    public ServiceClient Client { get; }

    /// <summary>The processor time of both processes since they started.</summary>
    public TimeSpan Processor
    {
        get
        {
            _processes.ForEach(process => process.Refresh());
            return new(_processes.Sum(process => process.TotalProcessorTime.Ticks));
        }
    }

    /// <summary>Both processes.</summary>
    public IReadOnlyList<int> ProcessIds => [.. _processes.Select(process => process.Id)];

    /// <summary>Whether both processes run.</summary>
    public bool IsRunning => _processes.TrueForAll(process => !process.HasExited);

    /// <summary>Starts both and waits until they are ready.</summary>
    /// <param name="checkout">The root of the checkout.</param>
    /// <param name="connectionString">The database.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public static async Task<MeasuredCluster> StartAsync(string checkout, string connectionString, CancellationToken cancellationToken)
    {
        var ports = LoopbackPorts.TakeFree(3);
        var cluster = new MeasuredCluster(checkout, ports[0]);
        try
        {
            cluster._settings = await cluster.SettingsAsync(connectionString, ports, cancellationToken);
            await cluster.StartProcessesAsync(cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops both in order, does something, starts them again, and answers how long it took until they were ready.</summary>
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
        _processes.Add(ServiceProgram.Start(_checkout, "Silo", _settings));
        _processes.Add(ServiceProgram.Start(_checkout, "Api", _settings));
        while (!await Client.IsReadyAsync(_processes[1]))
        {
            await Task.Delay(_pause, TimeProvider.System, cancellationToken);
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

    private async Task<Dictionary<string, string>> SettingsAsync(string connectionString, int[] ports, CancellationToken cancellationToken)
    {
        var keyFile = Path.Combine(_directory.FullName, "key.file");
        await File.WriteAllTextAsync(keyFile, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), cancellationToken);

        // In the environment, which every release reads alike.
        return new()
        {
            ["ASPNETCORE_URLS"] = Client.Address.GetLeftPart(UriPartial.Authority),
            ["ConnectionStrings__OrleansSync"] = connectionString,
            ["OrleansSync__AdminKey"] = ServiceClient.Key,
            ["OrleansSync__Secrets__KeyFile"] = keyFile,
            ["OrleansSync__DataDirectory"] = Path.Combine(_directory.FullName, "unused"),
            ["OrleansSync__Cluster__AdvertisedAddress"] = "127.0.0.1",
            ["OrleansSync__Cluster__SiloPort"] = ports[1].ToString(CultureInfo.InvariantCulture),
            ["OrleansSync__Cluster__GatewayPort"] = ports[2].ToString(CultureInfo.InvariantCulture),
            ["OrleansSync__Outbound__AllowedNetworks__0"] = "127.0.0.0/8",
            ["OrleansSync__Schedule__Period"] = "7.00:00:00",
            ["Logging__LogLevel__Default"] = "Error",
        };
    }
}
