using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Npgsql;
using OrleansSync.EndToEnd.Services;
using OrleansSync.Testing.Client;
using OrleansSync.Testing.Processes;

namespace OrleansSync.EndToEnd.Compose;

/// <summary>docker-compose.yml, without containers: accepted by compose, and the processes start as it says.</summary>
public sealed class ComposeTests(Product product)
{
    private const string AdminKey = "compose-operator-key";

    private static readonly Dictionary<string, string> _variables = new()
    {
        ["POSTGRES_PASSWORD"] = "compose-password",
        ["ORLEANSSYNC_ADMIN_KEY"] = AdminKey,
    };

    [Fact]
    public async Task Config_OfTheFile_IsAccepted()
    {
        var program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "docker-compose")).FirstOrDefault(File.Exists);
        Assert.True(
            program is not null,
            "docker-compose is not on PATH. Install it: apt-get install --no-install-recommends docker-compose (Debian and Ubuntu).");
        var start = new ProcessStartInfo(program, ["--file", ComposeFile.Location, "config", "--quiet"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in _variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = new ProcessOutput();
        output.Follow(process);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, $"docker-compose config ended with {process.ExitCode}: {output.Text}");
    }

    [Fact]
    public async Task Processes_StartedAsTheFileSays_FormACluster()
    {
        var file = ComposeFile.Read(_variables);
        Assert.Equal(["postgres", "migrate", "silo1", "silo2", "api"], file.StartOrder);
        AssertPortsAreFree(file);
        using var directory = new TemporaryDirectory();
        var keyFile = Path.Combine(directory.Path, "key.file");
        await File.WriteAllTextAsync(
            keyFile, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), TestContext.Current.CancellationToken);
        var database = new NpgsqlConnectionStringBuilder(await product.NewDatabaseAsync());
        var processes = new Dictionary<string, ServiceProcess>();
        try
        {
            foreach (var service in file.StartOrder.Where(service => file.ProgramOf(service) is not null))
            {
                await WaitForDependenciesAsync(file, service, processes);
                processes.Add(service, ServiceProcess.Start(
                    service, file.ProgramOf(service)!, EnvironmentOf(file, service, database, keyFile), file.CommandOf(service)));
            }

            var address = new Uri($"http://{file.PublishedAddressOf("api")}/");
            await processes["api"].WaitUntilReadyAsync(address);
            await AssertServesAsync(new ApiClient(address, AdminKey, () => processes["api"].Output.Tail));
            await Eventually.GetAsync("both silos are active", () => ActiveSilosAsync(database), silos => silos == 2);
            Assert.All(["silo1", "silo2"], name => Assert.False(processes[name].HasEnded));

            foreach (var service in new[] { "api", "silo2", "silo1" })
            {
                Assert.Equal((service, 0), (service, await processes[service].StopAsync()));
            }
        }
        finally
        {
            foreach (var process in processes.Values)
            {
                await process.DisposeAsync();
            }
        }
    }

    private static void AssertPortsAreFree(ComposeFile file)
    {
        var ports = file.StartOrder.SelectMany(service => file.EnvironmentOf(service))
            .Where(setting => setting.Key.EndsWith("Port", StringComparison.Ordinal)).Select(setting => setting.Value)
            .Append(file.PublishedAddressOf("api").Split(':')[^1]).Select(port => int.Parse(port, CultureInfo.InvariantCulture));
        Assert.All(ports, port => Assert.True(
            LoopbackPorts.IsFree(port),
            $"Port {port} of docker-compose.yml is taken by another process of this machine. Stop that one to run this test."));
    }

    // The file's own settings, but for what only containers have: names of hosts, the place of secrets, an address for each.
    private static Dictionary<string, string> EnvironmentOf(
        ComposeFile file, string service, NpgsqlConnectionStringBuilder database, string keyFile)
    {
        var settings = file.EnvironmentOf(service);
        var connection = new NpgsqlConnectionStringBuilder(settings["ConnectionStrings__OrleansSync"]);
        var postgres = file.EnvironmentOf("postgres");
        Assert.Equal(("postgres", 5432), (connection.Host, connection.Port));
        Assert.Equal(
            (postgres["POSTGRES_DB"], postgres["POSTGRES_USER"], postgres["POSTGRES_PASSWORD"]),
            (connection.Database, connection.Username, connection.Password));
        (connection.Host, connection.Port, connection.Database) = (database.Host, database.Port, database.Database);
        (connection.Username, connection.Password) = (database.Username, database.Password);

        Assert.Equal("/run/secrets/key_file", settings["OrleansSync__Secrets__KeyFile"]);
        settings["ConnectionStrings__OrleansSync"] = connection.ToString();
        settings["OrleansSync__Secrets__KeyFile"] = keyFile;
        settings["OrleansSync__Cluster__AdvertisedAddress"] = "127.0.0.1";
        return settings;
    }

    private static async Task WaitForDependenciesAsync(ComposeFile file, string service, Dictionary<string, ServiceProcess> processes)
    {
        foreach (var (dependency, condition) in file.DependenciesOf(service).Where(pair => processes.ContainsKey(pair.Key)))
        {
            if (condition == "service_completed_successfully")
            {
                var exitCode = await processes[dependency].WaitForEndAsync();
                Assert.True(exitCode == 0, $"{dependency} ended with {exitCode}: {processes[dependency].Output.Tail}");
            }
        }
    }

    private static async Task AssertServesAsync(ApiClient api)
    {
        const string Body = """
            {"displayName":"Acme","bitrix24":{"edition":"cloud","webhookUrl":"https://acme.bitrix24.com/rest/1/secret/"},
             "callGear":{"baseUrl":"https://dataapi.callgear.com/v2.0","accessToken":"token"},"settings":{"paused":true}}
            """;
        using var content = new StringContent(Body, System.Text.Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.Created, await api.StatusAsync(HttpMethod.Put, "api/v1/accounts/acme", content));
        Assert.Equal("paused", (await api.GetAsync("api/v1/accounts/acme", AnswersJson.Default.Account)).Status);
    }

    private static async Task<long> ActiveSilosAsync(NpgsqlConnectionStringBuilder database)
    {
        await using var connection =
            new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ToString()) { Pooling = false }.ToString());
        await connection.OpenAsync(TestContext.Current.CancellationToken);

        // Orleans' SiloStatus.Active.
        await using var command = new NpgsqlCommand("SELECT count(*) FROM membership_silo WHERE status = 3", connection);
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
