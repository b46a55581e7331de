using System.Globalization;
using System.Security.Cryptography;
using OrleansSync.Testing.Processes;

namespace OrleansSync.Testing.Services;

/// <summary>Silos and an API that meet in a PostgreSQL database of their own.</summary>
internal sealed class ClusterService : RunningService
{
    private readonly TemporaryDirectory _directory = new();
    private readonly List<ServiceProcess> _processes = [];
    private readonly List<int[]> _ports = [];
    private readonly Dictionary<string, string> _settings;
    private readonly int _count;

    private ClusterService(ServiceOptions options, string connectionString)
    {
        ConnectionString = connectionString;
        _count = options.Silos;
        var keyFile = Path.Combine(_directory.Path, "key.file");
        File.WriteAllText(keyFile, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        _settings = new Dictionary<string, string>(Settings(options))
        {
            ["ConnectionStrings__OrleansSync"] = connectionString,
            ["OrleansSync__Secrets__KeyFile"] = keyFile,
            ["OrleansSync__DataDirectory"] = Path.Combine(_directory.Path, "unused"),
            ["OrleansSync__Cluster__AdvertisedAddress"] = "127.0.0.1",
        };
    }

    /// <summary>The database.</summary>
    public string ConnectionString { get; }

    /// <summary>The silos; one that was started again is where it was before.</summary>
    public List<ServiceProcess> Silos { get; } = [];

    /// <summary>The ports that the silos have for each other and for the API.</summary>
    public IReadOnlyCollection<int> Ports => [.. _ports.SelectMany(ports => ports)];

    /// <summary>The port by which the other silos know a silo.</summary>
    public int SiloPortOf(ServiceProcess silo) => _ports[Silos.IndexOf(silo)][0];

    /// <inheritdoc/>
    public override string Output => string.Concat(_processes.Select(OutputOf));

    /// <summary>Everything that all processes wrote.</summary>
    public string WholeOutput => string.Concat(_processes.Select(process => process.Output.Text));

    /// <summary>Starts silos and API on an empty database and waits until they are ready.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="options">What differs between tests.</param>
    public static async Task<ClusterService> StartAsync(string connectionString, ServiceOptions? options = null)
    {
        var service = new ClusterService(options ?? new ServiceOptions(), connectionString)
        {
            Address = new Uri($"http://127.0.0.1:{LoopbackPorts.TakeFree(1)[0]}/"),
        };
        try
        {
            // All at once, as an orchestrator may: the schema, the key ring and the membership have to bear it.
            service.StartSilos();
            await service.StartApiAsync();
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts one more silo.</summary>
    public ServiceProcess StartSilo()
    {
        _ports.Add(LoopbackPorts.TakeFree(2));
        Silos.Add(StartSiloProcess(Silos.Count));
        return Silos[^1];
    }

    /// <summary>Starts a silo that has ended again, at the same ports.</summary>
    public ServiceProcess StartSiloAgain(int index) => Silos[index] = StartSiloProcess(index);

    /// <summary>Waits until a silo has joined the cluster.</summary>
    public static Task WaitForSiloAsync(ServiceProcess silo) => silo.WaitForOutputAsync("Application started.");

    /// <summary>Starts the API and waits until it is ready.</summary>
    public async Task StartApiAsync()
    {
        var api = ServiceProcess.Start(
            "api",
            ServiceBinaries.Api,
            new Dictionary<string, string>(_settings) { ["ASPNETCORE_URLS"] = Address.GetLeftPart(UriPartial.Authority) });
        _processes.Add(api);
        await api.WaitUntilReadyAsync(Address);
    }

    /// <summary>Stops everything in order; the database stays.</summary>
    public async Task StopAsync()
    {
        foreach (var process in Enumerable.Reverse(_processes).Where(process => !process.HasEnded))
        {
            Assert.Equal(0, await process.StopAsync());
        }
    }

    /// <summary>Stops everything in order and starts it again.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        Silos.Clear();
        _ports.Clear();
        StartSilos();
        await StartApiAsync();
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        foreach (var process in Enumerable.Reverse(_processes))
        {
            await process.DisposeAsync();
        }

        _directory.Dispose();
    }

    private void StartSilos()
    {
        for (var silo = 0; silo < _count; silo++)
        {
            StartSilo();
        }
    }

    private ServiceProcess StartSiloProcess(int index)
    {
        var silo = ServiceProcess.Start($"silo {index + 1}", ServiceBinaries.Silo, new Dictionary<string, string>(_settings)
        {
            ["OrleansSync__Cluster__SiloPort"] = _ports[index][0].ToString(CultureInfo.InvariantCulture),
            ["OrleansSync__Cluster__GatewayPort"] = _ports[index][1].ToString(CultureInfo.InvariantCulture),
        });
        _processes.Add(silo);
        return silo;
    }
}
