using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using OrleansSync.Hosting.Clustering;
using OrleansSync.Hosting.Startup;
using OrleansSync.Storage;
using OrleansSync.Testing.Processes;
using OrleansSync.Testing.Silos;

namespace OrleansSync.Hosting.Tests.Clustering;

public sealed class EmbeddedSiloTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task EmbeddedSilo_WhenStartedAgain_HasItsStatesAndReminders()
    {
        var host = await TestHost.BuildSilo(TestHost.Embedded(_directory.Path)).StartedAsync();
        await host.TestGrain("account/acme").PutAsync("Ännä 李 🐘");
        await host.TestGrain("account/acme").RemindAsync("due");
        await host.StopAndDisposeAsync();

        host = await TestHost.BuildSilo(TestHost.Embedded(_directory.Path)).StartedAsync();
        var name = await host.TestGrain("account/acme").GetAsync();
        var reminders = await host.TestGrain("account/acme").RemindersAsync();
        await host.StopAndDisposeAsync();

        Assert.Equal("Ännä 李 🐘", name);
        Assert.Equal(["due"], reminders);
    }

    [Fact]
    public async Task EmbeddedSilo_WhenStateIsCleared_LeavesNoRow()
    {
        var host = await TestHost.BuildSilo(TestHost.Embedded(_directory.Path)).StartedAsync();
        await host.TestGrain("account/acme").PutAsync("Ann");
        await host.TestGrain("account/acme").ForgetAsync();
        await host.StopAndDisposeAsync();

        Assert.Equal(0L, Scalar("SELECT count(*) FROM grain_state"));
    }

    [Fact]
    public async Task EmbeddedSilo_WhenStateIsStored_IsReadableJson()
    {
        var host = await TestHost.BuildSilo(TestHost.Embedded(_directory.Path)).StartedAsync();
        await host.TestGrain("account/acme").PutAsync("Анна <a@b.c>");
        await host.StopAndDisposeAsync();

        Assert.Equal(
            """{"name":"Анна <a@b.c>","number":0,"kind":"Plain","items":["initial"]}""",
            Scalar("SELECT payload FROM grain_state WHERE key_text = 'account/acme'"));
    }

    [Fact]
    public async Task EmbeddedSilo_WhenNobodyExports_ReadsNoInstrumentsOfOrleans()
    {
        var instruments = new ConcurrentBag<Instrument>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) => instruments.Add(instrument);
        listener.Start();

        var host = await TestHost.BuildSilo(TestHost.Embedded(_directory.Path)).StartedAsync();
        Instrument[] read = [.. instruments.Where(instrument => instrument.Enabled)];
        await host.StopAndDisposeAsync();

        Assert.Contains(instruments, instrument => instrument.Meter.Name == "Microsoft.Orleans");
        Assert.DoesNotContain(read, instrument => instrument.Meter.Name == "Microsoft.Orleans");
    }

    [Fact]
    public async Task EmbeddedSilo_WhenSeveralStartTogether_EachIsAlone()
    {
        var directories = Enumerable.Range(0, 3).Select(_ => new TemporaryDirectory()).ToList();
        var hosts = await Task.WhenAll(
            directories.Select(directory => TestHost.BuildSilo(TestHost.Embedded(directory.Path)).StartedAsync()));

        await Task.WhenAll(hosts.Select((host, index) => host.TestGrain("account/acme").PutAsync($"name {index}")));
        var names = await Task.WhenAll(hosts.Select(host => host.TestGrain("account/acme").GetAsync()));
        var clusters = hosts.Select(host => host.Services.GetRequiredService<IOptions<ClusterOptions>>().Value.ClusterId)
            .Distinct().Count();
        await Task.WhenAll(hosts.Select(host => host.StopAndDisposeAsync()));
        directories.ForEach(directory => directory.Dispose());

        Assert.Equal(["name 0", "name 1", "name 2"], names);
        Assert.Equal(3, clusters);
    }

    [Fact]
    public async Task EmbeddedSilo_WhenDataDirectoryIsTaken_RefusesToStartAndNamesIt()
    {
        var first = await TestHost.BuildSilo(TestHost.Embedded(_directory.Path)).StartedAsync();
        using var second = TestHost.BuildSilo(TestHost.Embedded(_directory.Path));

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(
            () => second.PrepareOrleansSyncAsync(TestContext.Current.CancellationToken));
        await first.StopAndDisposeAsync();

        Assert.Equal(
            $"The data directory {_directory.Path} is in use by another OrleansSync process. "
            + "Stop that one, or set OrleansSync__DataDirectory to another directory.",
            refusal.Message);
    }

    [Fact]
    public async Task EmbeddedSilo_WhenStarted_OpensNoGatewayAndOnlyLoopback()
    {
        var host = await TestHost.BuildSilo(TestHost.Embedded(_directory.Path)).StartedAsync();
        var endpoints = host.Services.GetRequiredService<IOptions<EndpointOptions>>().Value;
        var port = host.Services.GetRequiredService<ReservedLoopbackPort>().EndPoint.Port;
        var listeners = System.Net.NetworkInformation.IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners();
        await host.StopAndDisposeAsync();

        Assert.Equal(0, endpoints.GatewayPort);
        Assert.Equal(System.Net.IPAddress.Loopback, Assert.Single(listeners, listener => listener.Port == port).Address);
    }

    private object? Scalar(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_directory.File("orleanssync.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The tests' own constants.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }
}
