using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansSync.Hosting.Clustering;
using OrleansSync.Hosting.Settings;
using OrleansSync.Hosting.Startup;
using OrleansSync.Storage;

namespace OrleansSync.Testing.Silos;

/// <summary>A process as the programs put it together, with the tests' grain and state.</summary>
internal static class TestHost
{
    public static OrleansSyncSettings Embedded(string directory) => new() { DataDirectory = directory };

    public static OrleansSyncSettings Cluster(string connectionString, string keyFile, int siloPort, int gatewayPort) => new()
    {
        ConnectionString = new(connectionString),
        DataDirectory = "/nowhere",
        KeyFile = keyFile,
        Cluster = new() { SiloPort = siloPort, GatewayPort = gatewayPort, AdvertisedAddress = "127.0.0.1" },
    };

    public static IHost BuildSilo(OrleansSyncSettings settings)
    {
        var builder = Builder();
        builder.AddOrleansSyncSilo(settings);
        builder.Services.Configure<GrainStateJsonOptions>(options => options.Formats.Add(TestStateJson.Default.Options));
        return builder.Build();
    }

    public static IHost BuildClient(OrleansSyncSettings settings)
    {
        var builder = Builder();
        builder.AddOrleansSyncClusterClient(settings);
        return builder.Build();
    }

    public static async Task<IHost> StartedAsync(this IHost host)
    {
        await host.PrepareOrleansSyncAsync(TestContext.Current.CancellationToken);
        await host.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    public static async Task StopAndDisposeAsync(this IHost host)
    {
        await host.StopAsync(CancellationToken.None);
        await ((IAsyncDisposable)host).DisposeAsync();
    }

    public static ITestGrain TestGrain(this IHost host, string key) =>
        host.Services.GetRequiredService<IGrainFactory>().GetGrain<ITestGrain>(key);

    /// <summary>Waits until the host's silo sees so many active silos.</summary>
    public static async Task ActiveSilosAsync(this IHost host, int count)
    {
        var members = host.Services.GetRequiredService<IClusterMembershipService>();
        await foreach (var snapshot in members.MembershipUpdates.WithCancellation(TestContext.Current.CancellationToken))
        {
            if (snapshot.Members.Values.Count(member => member.Status == SiloStatus.Active) == count)
            {
                return;
            }
        }
    }

    private static HostApplicationBuilder Builder()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        return builder;
    }
}
