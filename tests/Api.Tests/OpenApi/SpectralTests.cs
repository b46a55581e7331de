using System.Diagnostics;
using OrleansSync.Api.Tests.Hosting;
using OrleansSync.Testing.Processes;

namespace OrleansSync.Api.Tests.OpenApi;

/// <summary>The document by the rules that other people's tools expect of one. <c>./test.sh</c> installs the linter.</summary>
public sealed class SpectralTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Document_BySpectralsRules_HasNoFault()
    {
        var linter = Path.Combine(
            ServiceBinaries.Root, "artifacts", "spectral", "node_modules", "@stoplight", "spectral-cli", "dist", "index.js");
        Assert.True(File.Exists(linter), $"{linter} is missing: run ./test.sh once, which installs it.");
        await using var api = await TestApi.StartAsync();
        var document = Path.Combine(_directory.Path, "v1.json");
        await File.WriteAllTextAsync(document, (await api.GetAsync("/openapi/v1.json", key: null)).Text, Stop);

        var (status, output) = await LintAsync(linter, document);

        Assert.True(status == 0, output);
        Assert.Contains("No results with a severity of 'warn' or higher found", output, StringComparison.Ordinal);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task<(int Status, string Output)> LintAsync(string linter, string document)
    {
        var ruleset = Path.Combine(ServiceBinaries.Root, "tests", "Api.Tests", "OpenApi", "Spectral", "ruleset.yaml");
        var start = new ProcessStartInfo("node", [linter, "lint", document, "--ruleset", ruleset, "--fail-severity", "warn"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Stop), process.StandardError.ReadToEndAsync(Stop));
        await process.WaitForExitAsync(Stop);
        return (process.ExitCode, await output + await errors);
    }
}
