using OrleansSync.EndToEnd.Services;
using OrleansSync.Sandbox;
using OrleansSync.Sandbox.Seeding;
using OrleansSync.Testing;
using OrleansSync.Testing.Services;
using OrleansSync.Testing.Tenants;

[assembly: AssemblyFixture(typeof(Product))]

namespace OrleansSync.EndToEnd.Services;

/// <summary>What all tests share: one sandbox, and one service of each kind, started when the first test asks for it.</summary>
public sealed class Product : IAsyncLifetime
{
    private readonly PostgresServer _postgres = new();
    private readonly Lazy<Task<EmbeddedService>> _embedded;
    private readonly Lazy<Task<ClusterService>> _cluster;
    private SandboxServer? _sandbox;

    public Product()
    {
        _embedded = new(() => EmbeddedService.StartAsync(new ServiceOptions { OAuth = Sandbox }));
        _cluster = new(async () => await ClusterService.StartAsync(await NewDatabaseAsync(), new ServiceOptions { OAuth = Sandbox }));
    }

    /// <summary>The vendors' imitation.</summary>
    internal SandboxServer Sandbox => _sandbox!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => _sandbox = await SandboxServer.StartAsync(new SandboxOptions { LoopbackAddresses = 2 });

    /// <summary>The embedded service, without a schedule.</summary>
    internal Task<EmbeddedService> EmbeddedAsync() => _embedded.Value;

    /// <summary>The cluster, without a schedule.</summary>
    internal Task<ClusterService> ClusterAsync() => _cluster.Value;

    /// <summary>The shared service of a kind.</summary>
    internal async Task<RunningService> ServiceAsync(ServiceKind kind) =>
        kind == ServiceKind.Cluster ? await ClusterAsync() : await EmbeddedAsync();

    /// <summary>Makes a tenant of a shared service, which does not know it yet.</summary>
    internal async Task<Tenant> NewTenantAsync(SeedData data, ServiceKind kind = ServiceKind.Embedded) =>
        Tenant.Create(await ServiceAsync(kind), Sandbox, data);

    /// <summary>An empty database.</summary>
    /// <returns>Its connection string.</returns>
    internal Task<string> NewDatabaseAsync() => _postgres.CreateDatabaseAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_embedded.IsValueCreated)
        {
            await (await _embedded.Value).DisposeAsync();
        }

        if (_cluster.IsValueCreated)
        {
            await (await _cluster.Value).DisposeAsync();
        }

        await _postgres.DisposeAsync();
        await Sandbox.DisposeAsync();
    }
}
