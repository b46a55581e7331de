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
        var first = demo.Start("--demo", "--verbose");
        await first.WaitForOutputAsync("the same command finds everything as it was");
        Assert.True(
            TimeProvider.System.GetElapsedTime(started) < _patience, $"The demo took {TimeProvider.System.GetElapsedTime(started)}.");

        var output = first.Output.Text;
        Assert.Contains($"(connected) of account {DemoSeed.Name}: completedWithErrors", output, StringComparison.Ordinal);
        string[] shown = ["created", "linked", "skipped", "missingEmail", "missingLastName", "emailTaken", "ambiguousEmail",
            "phoneRejected", "(bitrix24) Lee"];
        Assert.All(shown, text => Assert.Contains(text, output, StringComparison.Ordinal));
        Assert.DoesNotContain("fail:", output, StringComparison.Ordinal);
        AssertEndsWithTheWayIn(demo, output);

        var before = await ReadAsync(demo);
        Assert.Equal(0, await first.StopAsync());
        var second = demo.Start("--demo", "--verbose");
        await second.WaitForOutputAsync("the same command finds everything as it was");

        Assert.Equal(before, await ReadAsync(demo));
        Assert.Contains("users: 0 created, 0 linked", second.Output.Text, StringComparison.Ordinal);
        Assert.Equal(0, await second.StopAsync());

        var third = demo.Start("--demo");
        await third.WaitForOutputAsync("the same command finds everything as it was");
        AssertShort(demo, third.Output.Text);
        Assert.Equal(0, await third.StopAsync());
    }

    private static void AssertShort(DemoService demo, string output)
    {
        Assert.InRange(Lines(output).Length, 5, 9);
        Assert.Contains("The import finished, with errors. Nothing was changed.", output, StringComparison.Ordinal);
        Assert.Contains(": 49 unchanged, ", output, StringComparison.Ordinal);
        string[] hidden = ["skipped", "missingEmail", "(bitrix24) Lee", "curl", "/api/", "serves at", "shown this once"];
        Assert.All(hidden, text => Assert.DoesNotContain(text, output, StringComparison.Ordinal));
        AssertEndsWithTheWayIn(demo, output);
    }

    private static void AssertEndsWithTheWayIn(DemoService demo, string output) => Assert.Equal(
        [$"Open  {demo.Address}", $"Sign in with the operator's key  {DemoService.Key}",
            "Ctrl+C stops the demo; the same command finds everything as it was."],
        Lines(output)[^3..]);

    private static string[] Lines(string output) => output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    // What an import that changes nothing leaves as it is: who is linked to which employee, how and since when, and who is responsible.
    private static async Task<string[]> ReadAsync(DemoService demo)
    {
        using var employees = await demo.Api.SendAsync(HttpMethod.Get, $"api/v1/accounts/{DemoSeed.Name}/employees?limit=200");
        using var responsible = await demo.Api.SendAsync(HttpMethod.Get, $"api/v1/accounts/{DemoSeed.Name}/responsible-employees");
        var rows = JsonNode.Parse(await employees.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["items"]!.AsArray();
        Assert.True(rows.Count > 50, $"{rows.Count} users");
        return
        [
            .. rows.Select(row => $"{row!["bitrixUserId"]} {row["name"]} {row["callGearEmployeeId"]} {row["linkedBy"]} {row["linkedAt"]} "
                + $"{row["responsible"]}"),
            await responsible.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
        ];
    }

    private sealed class DemoService : IAsyncDisposable
    {
        public const string Key = "demo-operator-key";
        private readonly TemporaryDirectory _directory = new();
        private readonly List<ServiceProcess> _processes = [];

        public Uri Address { get; } = new($"http://127.0.0.1:{LoopbackPorts.TakeFree(1)[0]}/");

        public Testing.Client.ApiClient Api => new(Address, Key, () => string.Concat(_processes.Select(process => process.Output.Tail)));

        public ServiceProcess Start(params string[] arguments)
        {
            _processes.Add(ServiceProcess.Start(
                "demo",
                ServiceBinaries.Api,
                new Dictionary<string, string>
                {
                    ["ASPNETCORE_URLS"] = Address.GetLeftPart(UriPartial.Authority),
                    ["OrleansSync__DataDirectory"] = _directory.Path,
                    ["OrleansSync__AdminKey"] = Key,
                },
                arguments));
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
