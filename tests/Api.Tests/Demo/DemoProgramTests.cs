using System.Collections.Concurrent;
using System.Diagnostics;

namespace OrleansSync.Api.Tests.Demo;

public sealed class DemoProgramTests : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(90);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("orleanssync-demo-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Demo_KilledAndStartedAgain_FindsItsEmployeesAndCreatesNobodyTwice()
    {
        var first = await RunAsync("--demo", "--verbose");
        Assert.Contains("Run ", first, StringComparison.Ordinal);
        Assert.Contains("29 created, 20 linked, 0 matched", first, StringComparison.Ordinal);
        Assert.Contains("missingLastName", first, StringComparison.Ordinal);
        Assert.Contains("lastName: Şahin → (bitrix24) Şahin", first, StringComparison.Ordinal);
        Assert.Contains("/docs", first, StringComparison.Ordinal);
        Assert.Contains("curl -X POST", first, StringComparison.Ordinal);
        Assert.Contains("/employees?outcome=skipped", first, StringComparison.Ordinal);

        var second = await RunAsync("--demo", "--verbose");
        Assert.Contains("0 created, 0 linked, 49 matched", second, StringComparison.Ordinal);
        Assert.DoesNotContain("shown this once", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demo_Plain_EndsWithWhatToOpenAndHowToGetIn()
    {
        var lines = (await RunAsync("--demo")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        var key = (await File.ReadAllTextAsync(
            Path.Combine(_directory.FullName, "demo", "operator-key"), TestContext.Current.CancellationToken)).Trim();
        Assert.Equal("Importing a made-up company; this takes a few seconds.", lines[0]);
        Assert.Equal("The import finished, with errors.", lines[1]);
        Assert.Matches("^[0-9]+ users: 29 created, 20 linked, [0-9]+ not imported, [0-9]+ failed\\.$", lines[2]);
        Assert.Matches(@"^Not imported: .*no last name \([0-9]+\).*\.$", lines[3]);
        Assert.Matches("^[0-9]+ numbers added, [0-9]+ refused; [0-9]+ employees became responsible\\.$", lines[4]);
        Assert.Matches(@"sandbox\s+http://127\.0\.0\.1:[0-9]+/_sandbox\s", lines[5]);
        Assert.Matches("^Open  http://127\\.0\\.0\\.1:[0-9]+/$", lines[6]);
        Assert.Equal(
            [$"Sign in with the operator's key  {key}", "Ctrl+C stops the demo; the same command finds everything as it was."], lines[7..]);
    }

    /// <summary>Starts the demo as a person would, reads what it says until it waits for Ctrl+C, and kills it.</summary>
    private async Task<string> RunAsync(params string[] arguments)
    {
        using var process = new Process { StartInfo = Command(arguments) };
        var lines = new ConcurrentQueue<string>();
        var done = new TaskCompletionSource();
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => done.TrySetException(new InvalidOperationException("The demo ended: " + string.Join('\n', lines)));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await done.Task.WaitAsync(_patience, TimeProvider.System, TestContext.Current.CancellationToken);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        return string.Join('\n', lines);

        void Take(string? line)
        {
            lines.Enqueue(line ?? "");
            if (line?.StartsWith("Ctrl+C", StringComparison.Ordinal) == true)
            {
                done.TrySetResult();
            }
        }
    }

    private ProcessStartInfo Command(string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "OrleansSync.Api.dll");
        var command = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
        command.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        command.Environment["OrleansSync__DataDirectory"] = _directory.FullName;
        return command;
    }
}
