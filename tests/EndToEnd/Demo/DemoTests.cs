using System.Text.Json.Nodes;
using OrleansSync.Sandbox.Seeding;
using OrleansSync.Testing.Processes;

namespace OrleansSync.EndToEnd.Demo;

/// <summary>The demo as a person starts it.</summary>
public sealed class DemoTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Demo_ImportsPrintsAndKeepsEverythingOverARestart()
    {
        await using var demo = new DemoService();
        var started = TimeProvider.System.GetTimestamp();
        var first = demo.Start();
        await first.WaitForOutputAsync("the same command finds everything as it was");
        Assert.True(TimeProvider.System.GetElapsedTime(started) < _patience, $"The demo took {TimeProvider.System.GetElapsedTime(started)}.");

        var output = first.Output.Text;
        Assert.Contains($"(connected) of account {DemoSeed.Name}: completedWithErrors", output, StringComparison.Ordinal);
        string[] shown = ["created", "linked", "skipped", "missingEmail", "missingLastName", "emailTaken", "ambiguousEmail", "phoneRejected", "(bitrix24) Lee"];
        Assert.All(shown, text => Assert.Contains(text, output, StringComparison.Ordinal));
        Assert.DoesNotContain("fail:", output, StringComparison.Ordinal);

        var before = await ReadAsync(demo);
        Assert.Equal(0, await first.StopAsync());
        var second = demo.Start();
        await second.WaitForOutputAsync("the same command finds everything as it was");

        Assert.Equal(before, await ReadAsync(demo));
        Assert.Contains("users: 0 created, 0 linked", second.Output.Text, StringComparison.Ordinal);
        Assert.Equal(0, await second.StopAsync());
    }

    // What an import that changes nothing leaves as it is: who is linked to which employee, how and since when, and who is responsible.
    private static async Task<string[]> ReadAsync(DemoService demo)
    {
        using var employees = await demo.Api.SendAsync(HttpMethod.Get, $"api/v1/accounts/{DemoSeed.Name}/employees?limit=200");
        using var responsible = await demo.Api.SendAsync(HttpMethod.Get, $"api/v1/accounts/{DemoSeed.Name}/responsible-employees");
        var rows = JsonNode.Parse(await employees.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["items"]!.AsArray();
        Assert.True(rows.Count > 50, $"{rows.Count} users");
        return
        [
            .. rows.Select(row => $"{row!["bitrixUserId"]} {row["name"]} {row["callGearEmployeeId"]} {row["linkedBy"]} {row["linkedAt"]} {row["responsible"]}"),
            await responsible.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
        ];
    }

    private sealed class DemoService : IAsyncDisposable
    {
        private const string Key = "demo-operator-key";
        private readonly TemporaryDirectory _directory = new();
        private readonly Uri _address = new($"http://127.0.0.1:{LoopbackPorts.TakeFree(1)[0]}/");
        private readonly List<ServiceProcess> _processes = [];

        public Testing.Client.ApiClient Api => new(_address, Key, () => string.Concat(_processes.Select(process => process.Output.Tail)));

        public ServiceProcess Start()
        {
            _processes.Add(ServiceProcess.Start(
                "demo",
                ServiceBinaries.Api,
                new Dictionary<string, string>
                {
                    ["ASPNETCORE_URLS"] = _address.GetLeftPart(UriPartial.Authority),
                    ["OrleansSync__DataDirectory"] = _directory.Path,
                    ["OrleansSync__AdminKey"] = Key,
                },
                "--demo"));
            return _processes[^1];
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var process in _processes)
            {
                await process.DisposeAsync();
            }

            _directory.Dispose();
        }
    }
}
