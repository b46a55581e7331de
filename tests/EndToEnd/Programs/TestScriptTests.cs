using System.Diagnostics;
using OrleansSync.Testing.Processes;

namespace OrleansSync.EndToEnd.Programs;

/// <summary>
/// The command that runs all tests, called by somebody who wants to know what it does, or mistypes: it must not install and build for a
/// quarter of an hour.
/// </summary>
public sealed class TestScriptTests
{
    [Theory]
    [InlineData("--help", 0, "Usage: ./test.sh")]
    [InlineData("-h", 0, "Usage: ./test.sh")]
    [InlineData("--demmo", 2, "Unknown argument: --demmo")]
    public async Task Script_AskedForHelpOrMistyped_SaysHowToCallItAndDoesNothing(string argument, int code, string first)
    {
        using var process = Process.Start(new ProcessStartInfo("bash", ["test.sh", argument])
        {
            WorkingDirectory = ServiceBinaries.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError
            .ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(code, process.ExitCode);
        Assert.StartsWith(first, code == 0 ? await output : await errors, StringComparison.Ordinal);
        Assert.DoesNotContain("== ", await output + await errors, StringComparison.Ordinal);
    }
}
