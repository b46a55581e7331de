using System.Data.Common;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Orleans.Storage;
using OrleansSync.Storage.Sqlite;
using OrleansSync.Testing.Processes;
using OrleansSync.Testing;
using OrleansSync.Testing.Silos;

namespace OrleansSync.Storage.Tests;

/// <summary>A started silo whose storage a conformance suite works on.</summary>
public abstract class StorageFixture : IAsyncLifetime
{
    private int _names;

    /// <summary>The silo.</summary>
    internal IHost Host { get; private set; } = null!;

    internal IGrainStorage Storage => Host.Services.GetRequiredKeyedService<IGrainStorage>("Default");

    internal IReminderTable Reminders => Host.Services.GetRequiredService<IReminderTable>();

    /// <summary>How many rows a table of the database has.</summary>
    public async Task<long> CountRowsAsync(string table)
    {
        await using var command = DataSource.CreateCommand("SELECT COUNT(*) FROM " + table);
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    /// <summary>Runs a statement past everything else, to put there what no release writes.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    internal DbDataSource Source => DataSource;

    public string NextName() => "n" + Interlocked.Increment(ref _names).ToString(CultureInfo.InvariantCulture);

    public async ValueTask InitializeAsync() => Host = await (await BuildAsync()).StartedAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await Host.StopAndDisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected abstract DbDataSource DataSource { get; }

    private protected abstract Task<IHost> BuildAsync();
}

public sealed class SqliteFixture : StorageFixture
{
    private readonly TemporaryDirectory _directory = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _directory.Dispose();
    }

    private protected override DbDataSource DataSource => Host.Services.GetRequiredService<SqliteDataSource>();

    private protected override Task<IHost> BuildAsync() => Task.FromResult(TestHost.BuildSilo(TestHost.Embedded(_directory.Path)));
}

public sealed class PostgreSqlFixture(PostgresServer server) : StorageFixture
{
    private readonly TemporaryDirectory _directory = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _directory.Dispose();
    }

    private protected override DbDataSource DataSource => Host.Services.GetRequiredService<NpgsqlDataSource>();

    private protected override async Task<IHost> BuildAsync()
    {
        var ports = LoopbackPorts.TakeFree(2);
        return TestHost.BuildSilo(TestHost.Cluster(await server.CreateDatabaseAsync(), TestKeyFile.Create(_directory), ports[0], ports[1]));
    }
}
