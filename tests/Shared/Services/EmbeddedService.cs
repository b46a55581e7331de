using OrleansSync.Testing.Processes;

namespace OrleansSync.Testing.Services;

/// <summary>One process with an embedded silo and a SQLite file in a temporary data directory.</summary>
internal sealed class EmbeddedService : RunningService
{
    private readonly TemporaryDirectory _directory = new();
    private readonly List<ServiceProcess> _processes = [];
    private readonly Dictionary<string, string> _settings;

    private EmbeddedService(ServiceOptions options) => _settings = Settings(options);

    /// <summary>The directory with everything that outlives the process.</summary>
    public string DataDirectory => Path.Combine(_directory.Path, "data");

    /// <summary>The database.</summary>
    public string DatabaseFile => Path.Combine(DataDirectory, "orleanssync.db");

    /// <summary>The process that runs or ran last.</summary>
    public ServiceProcess Process => _processes[^1];

    /// <inheritdoc/>
    public override string Output => string.Concat(_processes.Select(OutputOf));

    /// <summary>Starts a service with an empty data directory and waits until it is ready.</summary>
    public static async Task<EmbeddedService> StartAsync(ServiceOptions? options = null)
    {
        var service = new EmbeddedService(options ?? new ServiceOptions())
        {
            Address = new Uri($"http://127.0.0.1:{LoopbackPorts.TakeFree(1)[0]}/"),
        };
        try
        {
            await service.StartAgainAsync();
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the process again at the same address on the same data.</summary>
    public async Task StartAgainAsync()
    {
        StartAgain();
        await WaitUntilReadyAsync();
    }

    /// <summary>Starts the process again at the same address on the same data, without waiting for it.</summary>
    public void StartAgain() => _processes.Add(StartProcess("embedded", Address));

    /// <summary>Waits until the process serves.</summary>
    public Task WaitUntilReadyAsync() => Process.WaitUntilReadyAsync(Address);

    /// <summary>Starts a process on the same data at an address, without waiting for anything.</summary>
    public ServiceProcess StartProcess(string name, Uri address, params string[] arguments) => ServiceProcess.Start(
        name,
        ServiceBinaries.Api,
        new Dictionary<string, string>(_settings)
        {
            ["ASPNETCORE_URLS"] = address.GetLeftPart(UriPartial.Authority),
            ["OrleansSync__DataDirectory"] = DataDirectory,
        },
        arguments);

    /// <summary>Stops the process in order and starts it again.</summary>
    public async Task RestartAsync()
    {
        Assert.Equal(0, await Process.StopAsync());
        await StartAgainAsync();
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }

        _directory.Dispose();
    }
}
