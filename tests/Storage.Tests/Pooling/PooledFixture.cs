using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using OrleansSync.Testing;
using OrleansSync.Testing.Processes;
using OrleansSync.Testing.Silos;

namespace OrleansSync.Storage.Tests.Pooling;

/// <summary>One silo behind a pooler of transactions for all suites; its start has made the schema through it.</summary>
[CollectionDefinition(nameof(PooledSilo))]
public sealed class PooledSilo : ICollectionFixture<PooledFixture>;

/// <summary>A silo over PostgreSQL behind PgBouncer in transaction mode.</summary>
public sealed class PooledFixture(PostgresServer server) : StorageFixture
{
    private readonly TemporaryDirectory _directory = new();
    private PgBouncer? _pooler;

    /// <summary>The connection string of another database of the server, through the pooler.</summary>
    internal string Through(string connectionString) => _pooler!.Through(connectionString);

    /// <summary>Settings of a further process of the same cluster.</summary>
    internal Hosting.Settings.OrleansSyncSettings Settings { get; private set; } = null!;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _pooler!.DisposeAsync();
        _directory.Dispose();
    }

    private protected override DbDataSource DataSource => Host.Services.GetRequiredService<NpgsqlDataSource>();

    private protected override async Task<IHost> BuildAsync()
    {
        var database = await server.CreateDatabaseAsync();
        _pooler = await PgBouncer.StartAsync(database, "transaction");
        var ports = LoopbackPorts.TakeFree(2);
        Settings = TestHost.Cluster(_pooler.Through(database), TestKeyFile.Create(_directory), ports[0], ports[1]);
        return TestHost.BuildSilo(Settings);
    }
}
