using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using OrleansSync.Testing.Processes;
using OrleansSync.Testing;
using OrleansSync.Testing.Silos;

namespace OrleansSync.Silo.Tests;

/// <summary>The silo's program as an operator starts it: a process with arguments and an environment.</summary>
public sealed class SiloProgramTests(PostgresServer server)
{
    [Fact]
    public async Task Program_WhenNoConnectionStringIsSet_EndsWithAMessage()
    {
        var (code, _, error) = await RunAsync([]);

        Assert.Equal(1, code);
        Assert.StartsWith("ConnectionStrings__OrleansSync must be set:", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_WhenASettingIsWrong_EndsWithAMessageThatNamesIt()
    {
        var (code, _, error) = await RunAsync([], ("OrleansSync__Schedule__Period", "00:00:10"));

        Assert.Equal(1, code);
        Assert.Contains("OrleansSync__Schedule__Period is '00:00:10', which is not allowed.", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SiloPort")]
    [InlineData("GatewayPort")]
    public async Task Program_WhenAnotherHasItsPort_EndsWithAMessage(string setting)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        using var directory = new TemporaryDirectory();

        var (code, _, error) = await RunAsync(
            [],
            ("ConnectionStrings__OrleansSync", await server.CreateDatabaseAsync()),
            ("OrleansSync__Secrets__KeyFile", TestKeyFile.Create(directory)),
            ("OrleansSync__Cluster__AdvertisedAddress", "127.0.0.1"),
            ("OrleansSync__Cluster__SiloPort", $"{LoopbackPorts.TakeFree(1)[0]}"),
            ($"OrleansSync__Cluster__{setting}", $"{port}"));

        Assert.Equal(1, code);
        Assert.Equal(
            $"The silo cannot listen on port {port}: Address already in use. Stop the program that has it, or set "
            + $"OrleansSync__Cluster__{setting} to another.",
            error.Trim());
    }

    [Fact]
    public async Task Migrate_WhenRunTwice_UpgradesOnceAndEndsWithZero()
    {
        var database = await server.CreateDatabaseAsync();

        var first = await RunAsync(["migrate"], ("ConnectionStrings__OrleansSync", database));
        var second = await RunAsync(["migrate"], ("ConnectionStrings__OrleansSync", database));

        Assert.Equal((0, "The database now has schema version 8.", ""), (first.Code, first.Output.Trim(), first.Error));
        Assert.Equal((0, "The database already has schema version 8.", ""), (second.Code, second.Output.Trim(), second.Error));
    }

    [Theory]
    [InlineData("migrate")]
    [InlineData(null)]
    public async Task Program_WhenTheDatabaseNeedsANewerRelease_EndsWithAMessageThatNamesIt(string? command)
    {
        var database = await server.CreateDatabaseAsync();
        await RunAsync(["migrate"], ("ConnectionStrings__OrleansSync", database));
        await using (var dataSource = NpgsqlDataSource.Create(database))
        {
            await using var record = dataSource.CreateCommand(
                "INSERT INTO schema_release VALUES (1, '99.1.0') ON CONFLICT (id) DO UPDATE SET oldest = excluded.oldest");
            await record.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        using var directory = new TemporaryDirectory();
        var (code, output, error) = await RunAsync(
            command is null ? [] : [command],
            ("ConnectionStrings__OrleansSync", database),
            ("OrleansSync__Secrets__KeyFile", TestKeyFile.Create(directory)));

        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith("The database needs OrleansSync 99.1.0 or newer, and this is OrleansSync ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(
        string[] args, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(SiloCommandLine).Assembly.Location, .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError
            .ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
