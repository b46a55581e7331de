using System.Net;
using Npgsql;
using OrleansSync.EndToEnd.Services;
using OrleansSync.Testing.Services;
using OrleansSync.Testing.Tenants;

namespace OrleansSync.EndToEnd.Security;

/// <summary>Secrets are where they are needed and nowhere else, whatever goes wrong and however much is logged.</summary>
public sealed class PlantedSecretsTests(Product product)
{
    // Of this service everything; of the libraries what they tell their developers.
    private static readonly Dictionary<string, string> _talkative = new()
    {
        ["Logging__LogLevel__Default"] = "Trace",
        ["Logging__LogLevel__OrleansSync"] = "Trace",
        ["Logging__LogLevel__Microsoft"] = "Debug",
        ["Logging__LogLevel__Microsoft.AspNetCore"] = "Trace",
        ["Logging__LogLevel__Orleans"] = "Debug",
        ["Logging__LogLevel__System"] = "Trace",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
    };

    [Fact]
    public async Task Embedded_AfterImportsAndFailures_LeavesNoSecretAnywhere()
    {
        await using var collector = await Collector.StartAsync();
        await using var service = await EmbeddedService.StartAsync(OptionsFor(collector));
        var planted = new PlantedSecrets(service, product.Sandbox);

        await planted.PlantAsync();

        var metrics = await MetricsAsync(service);
        var whileItRuns = FilesOf(service.DataDirectory);
        Assert.Equal(0, await service.Process.StopAsync());
        AssertKeptNothing(planted, collector, service.Process.Output.Text, metrics);
        foreach (var (name, content) in whileItRuns.Concat(FilesOf(service.DataDirectory)))
        {
            Assert.All(planted.All, secret => Assert.False(Traces.Holds(content, secret), $"{name} holds {secret}"));
        }

        Assert.Contains(whileItRuns, file => file.Name.EndsWith("-wal", StringComparison.Ordinal) && file.Content.Length > 0);
        Assert.Contains(whileItRuns, file => Traces.Holds(file.Content, People.EmailOf(1)));
    }

    [Fact]
    public async Task Cluster_AfterImportsAndFailures_LeavesNoSecretAnywhere()
    {
        const string password = "planted-database-password-20c7";
        await using var collector = await Collector.StartAsync();
        var database = new NpgsqlConnectionStringBuilder(await product.NewDatabaseAsync()) { Password = password };
        await using var service = await ClusterService.StartAsync(database.ToString(), OptionsFor(collector));
        var planted = new PlantedSecrets(service, product.Sandbox);

        await planted.PlantAsync();

        var metrics = await MetricsAsync(service);
        await service.StopAsync();
        AssertKeptNothing(planted, collector, service.WholeOutput, metrics);
        var rows = await RowsAsync(database.ToString());
        Assert.All([.. planted.All, password], secret =>
        {
            Assert.All(
                rows, row => Assert.False(Traces.Holds(System.Text.Encoding.UTF8.GetBytes(row), secret), $"A row holds {secret}: {row}"));
            Assert.DoesNotContain(password, service.WholeOutput, StringComparison.Ordinal);
        });
        Assert.Contains(rows, row => row.Contains(People.EmailOf(1), StringComparison.Ordinal));
    }

    private ServiceOptions OptionsFor(Collector collector) =>
        new() { OAuth = product.Sandbox, More = new Dictionary<string, string>(_talkative.Concat(collector.Settings)) };

    private static void AssertKeptNothing(PlantedSecrets planted, Collector collector, string output, string metrics)
    {
        Assert.All(planted.All, secret =>
        {
            Assert.DoesNotContain(secret, output, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, planted.Answers, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, metrics, StringComparison.Ordinal);
            Assert.All(
                (string[])["traces", "metrics", "logs"],
                signal => Assert.False(collector.Holds(signal, secret), $"The exported {signal} hold {secret}."));
        });

        // What was looked through is what it should be.
        var account = planted.WebhookTenant.Id;
        Assert.Contains(account, output, StringComparison.Ordinal);
        Assert.True(collector.Holds("logs", account));
        Assert.True(collector.Holds("traces", "bitrix24 request"));
        Assert.True(collector.Holds("metrics", "orleanssync.vendor.request.duration"));
        Assert.Contains("http_server_request_duration", metrics, StringComparison.Ordinal);

        // No metric has a tag for each account.
        Assert.DoesNotContain(account, metrics, StringComparison.Ordinal);
        Assert.False(collector.Holds("metrics", account));
    }

    private static async Task<string> MetricsAsync(RunningService service)
    {
        using var answer = await service.Api.SendAsync(HttpMethod.Get, "metrics");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static List<(string Name, byte[] Content)> FilesOf(string directory) =>
        [.. Directory.GetFiles(directory, "*", SearchOption.AllDirectories)
            .Where(name => !name.EndsWith(".lock", StringComparison.Ordinal))
            .Select(name => (name, Read(name)))];

    private static byte[] Read(string name)
    {
        // The process still writes.
        using var file = new FileStream(name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var content = new MemoryStream();
        file.CopyTo(content);
        return content.ToArray();
    }

    private static async Task<List<string>> RowsAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        var rows = new List<string>();
        foreach (var table in await ReadAsync(
            source, "SELECT quote_ident(table_name) FROM information_schema.tables WHERE table_schema = 'public'"))
        {
            rows.AddRange(await ReadAsync(source, $"SELECT t::text FROM {table} t"));
        }

        return rows;
    }

    private static async Task<List<string>> ReadAsync(NpgsqlDataSource source, string query)
    {
        await using var command = source.CreateCommand(query);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var values = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            values.Add(reader.GetString(0));
        }

        return values;
    }
}
