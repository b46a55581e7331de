using OrleansSync.Testing.Processes;

namespace OrleansSync.EndToEnd.Programs;

/// <summary>Every program as a person calls it who wants to know what it does, or mistypes.</summary>
public sealed class CommandLineTests : IDisposable
{
    // Nobody listens there: whoever asked would fail.
    private const string NoDatabase = "Host=127.0.0.1;Port=1;Database=none;Username=none;Password=p";

    private readonly TemporaryDirectory _home = new();

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("Api", "--help", "--demo", "ASPNETCORE_URLS", "OrleansSync__DataDirectory", "docs/operations.md")]
    [InlineData("Api", "-h --demo", "--verbose", "ConnectionStrings__OrleansSync", "docs/settings.md")]
    [InlineData("Silo", "--help", "migrate", "ConnectionStrings__OrleansSync", "OrleansSync__Cluster__SiloPort", "docs/operations.md")]
    [InlineData("Silo", "migrate --help", "schema", "ConnectionStrings__OrleansSync")]
    [InlineData("Sandbox", "-h", "--urls", "--seed", "--addresses", "src/Sandbox/README.md")]
    [InlineData("Load", "--help", "portal", "due", "pages", "import", "bench/README.md")]
    public async Task Help_OfAProgram_ShowsUsageAndDoesNothing(string program, string arguments, params string[] shown)
    {
        var (code, output) = await RunAsync(program, arguments);

        Assert.Equal((0, ""), (code, output.Errors));
        Assert.All(["Usage:", .. shown], text => Assert.Contains(text, output.Text, StringComparison.Ordinal));
        AssertNothingWasMade();
    }

    [Theory]
    [InlineData("Api")]
    [InlineData("Silo")]
    [InlineData("Sandbox")]
    [InlineData("Load")]
    public async Task Version_OfAProgram_ShowsItAndDoesNothing(string program)
    {
        var (code, output) = await RunAsync(program, "--version");

        Assert.Equal((0, ""), (code, output.Errors));
        Assert.Matches(@"^\d+\.\d+\.\d+\S*\s*$", output.Text);
        AssertNothingWasMade();
    }

    [Theory]
    [InlineData("Api", "--demmo", "Unknown argument: --demmo. Did you mean --demo?")]
    [InlineData("Api", "--verbose", "--verbose goes with --demo.")]
    [InlineData("Api", "--OrleansSync:DataDirectory", "--OrleansSync:DataDirectory needs a value")]
    [InlineData("Silo", "migrat", "Unknown argument: migrat. Did you mean migrate?")]
    [InlineData("Silo", "migrate --dry", "Unknown argument: --dry.")]
    [InlineData("Sandbox", "--sed demo", "Unknown argument: --sed. Did you mean --seed?")]
    [InlineData("Load", "due --acounts 5", "Unknown argument: --acounts. Did you mean --accounts?")]
    [InlineData("Load", "import --users 5", "Option '--against' is required.")]
    public async Task Mistake_InTheArgumentsOfAProgram_IsToldAndNothingIsStarted(string program, string arguments, string mistake)
    {
        var (code, output) = await RunAsync(program, arguments);

        Assert.Equal(2, code);
        Assert.StartsWith(mistake, output.Errors, StringComparison.Ordinal);
        Assert.Equal(output.Errors, output.Text);
        AssertNothingWasMade();
    }

    [Theory]
    [InlineData("--OrleansSync:Schedule:Period 00:00:10", "OrleansSync__Schedule__Period is '00:00:10'")]
    [InlineData("--orleanssync:NoSuchSetting=1", "NoSuchSetting")]
    public async Task Setting_AsAnArgumentThatIsWrong_StopsTheStart(string arguments, string refusal)
    {
        var (code, output) = await RunAsync("Api", arguments);

        Assert.Equal(1, code);
        Assert.Contains(refusal, output.Errors, StringComparison.Ordinal);
        AssertNothingWasMade();
    }

    [Fact]
    public async Task Settings_AsArguments_AreUsedAndTheServiceStopsInOrder()
    {
        var address = new Uri($"http://127.0.0.1:{LoopbackPorts.TakeFree(1)[0]}/");
        var data = Path.Combine(_home.Path, "given");
        await using var process = ServiceProcess.Start(
            "arguments", ServiceBinaries.Api, Settings("Api"),
            "--urls", address.GetLeftPart(UriPartial.Authority), $"--orleanssync:datadirectory={data}", "--OrleansSync:AdminKey",
            "operators-key",
            "--environment", "Elsewhere", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Debug");
        await process.WaitUntilReadyAsync(address);

        Assert.Contains(
            $"OrleansSync serves at {address.GetLeftPart(UriPartial.Authority)} (web pages; API reference: /docs).",
            process.Output.Text,
            StringComparison.Ordinal);
        Assert.Contains($"Its data is in {data}.", process.Output.Text, StringComparison.Ordinal);
        Assert.Contains("Hosting environment: Elsewhere", process.Output.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("shown this once", process.Output.Text, StringComparison.Ordinal);
        Assert.Equal(0, await process.StopAsync());
        Assert.Contains("Application is shutting down", process.Output.Text, StringComparison.Ordinal);
        Assert.Equal([data], Directory.GetFileSystemEntries(_home.Path));
    }

    [Fact]
    public async Task Sandbox_ToldToStopAsSoonAsItSpeaks_StopsInOrder()
    {
        await using var process = ServiceProcess.Start("sandbox", ServiceBinaries.Sandbox, Settings("Sandbox"), "--seed", "demo");
        await process.WaitForOutputAsync("Sandbox: http://127.0.0.1:");
        Assert.Equal(0, await process.StopAsync());
    }

    private async Task<(int Code, ProcessOutput Output)> RunAsync(string program, string arguments)
    {
        var path = program switch
        {
            "Api" => ServiceBinaries.Api,
            "Silo" => ServiceBinaries.Silo,
            "Sandbox" => ServiceBinaries.Sandbox,
            _ => ServiceBinaries.Load,
        };
        await using var process = ServiceProcess.Start(program, path, Settings(program), arguments.Split(' '));
        return (await process.WaitForEndAsync(), process.Output);
    }

    private Dictionary<string, string> Settings(string program)
    {
        var settings = new Dictionary<string, string>
        {
            ["HOME"] = _home.Path,
            ["OrleansSync__DataDirectory"] = Path.Combine(_home.Path, "data"),
        };
        if (program == "Silo")
        {
            settings["ConnectionStrings__OrleansSync"] = NoDatabase;
        }

        return settings;
    }

    private void AssertNothingWasMade() => Assert.Empty(Directory.GetFileSystemEntries(_home.Path));
}
