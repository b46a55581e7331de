using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Storage.Sqlite;
using OrleansSync.Testing.Processes;
using OrleansSync.Testing.Silos;

namespace OrleansSync.Storage.Tests;

/// <summary>An embedded silo whose SQLite file cannot grow, or only be read, for a while.</summary>
public sealed class UnusableFileTests : IDisposable
{
    private const int Connections = 24;
    private const long NoLimit = 4_294_967_294;

    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task FullDisk_RefusesWritesWithTheReason_LosesNothing_AndRecoversByItself()
    {
        var host = await TestHost.BuildSilo(TestHost.Embedded(_directory.Path)).StartedAsync();
        await host.TestGrain("account/acme").PutAsync("before");
        var pages = Convert.ToInt64(Pragma(host, "PRAGMA page_count"), CultureInfo.InvariantCulture);

        Pragma(host, $"PRAGMA max_page_count = {pages}");
        var refusal = await Assert.ThrowsAsync<StorageUnavailableException>(
            () => host.TestGrain("account/large").PutAsync(new string('x', 1_000_000)));
        await host.Services.GetRequiredService<DatabaseCondition>().WhenAwayAsync(Token);
        var small = await Assert.ThrowsAsync<StorageUnavailableException>(() => host.TestGrain("account/acme").PutAsync("lost"));
        Pragma(host, $"PRAGMA max_page_count = {NoLimit}");
        await host.Services.GetRequiredService<DatabaseCondition>().WhenBackAsync(Token);
        await host.TestGrain("account/other").PutAsync("after");
        var kept = await StoredAgainAsync(host, "account/acme");

        Assert.StartsWith("The disk with the service's data directory is full.", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(refusal.Message, small.Message);
        Assert.Equal("before", kept);
    }

    [Fact]
    public async Task ReadOnlyFile_RefusesWritesWithTheReason_LosesNothing_AndRecoversByItself()
    {
        var host = await TestHost.BuildSilo(TestHost.Embedded(_directory.Path)).StartedAsync();
        await host.TestGrain("account/acme").PutAsync("before");

        Pragma(host, "PRAGMA query_only = ON");
        var refusal = await Assert.ThrowsAsync<StorageUnavailableException>(() => host.TestGrain("account/acme").PutAsync("lost"));
        await host.Services.GetRequiredService<DatabaseCondition>().WhenAwayAsync(Token);
        Pragma(host, "PRAGMA query_only = OFF");
        await host.Services.GetRequiredService<DatabaseCondition>().WhenBackAsync(Token);
        await host.TestGrain("account/other").PutAsync("after");
        var kept = await StoredAgainAsync(host, "account/acme");

        Assert.StartsWith("The service's SQLite file may only be read.", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("before", kept);
    }

    // What is on the disk, not what is in memory.
    private async Task<string> StoredAgainAsync(IHost host, string key)
    {
        await host.StopAndDisposeAsync();
        var again = await TestHost.BuildSilo(TestHost.Embedded(_directory.Path)).StartedAsync();
        var name = await again.TestGrain(key).GetAsync();
        await again.StopAndDisposeAsync();
        return name;
    }

    // Connections go back to their pool as they are: every one that the silo may get has the setting afterwards.
    private static object? Pragma(IHost host, string pragma)
    {
        var dataSource = host.Services.GetRequiredService<SqliteDataSource>();
        var connections = Enumerable.Range(0, Connections).Select(_ => (SqliteConnection)dataSource.OpenConnection()).ToList();
        object? answer = null;
        foreach (var connection in connections)
        {
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The tests' own constants.
            command.CommandText = pragma;
#pragma warning restore CA2100
            answer = command.ExecuteScalar();
        }

        connections.ForEach(connection => connection.Dispose());
        return answer;
    }
}
