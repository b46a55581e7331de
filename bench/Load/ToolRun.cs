using System.Diagnostics;

namespace OrleansSync.Load;

/// <summary>Runs a tool of the developer's to its end.</summary>
internal static class ToolRun
{
    /// <summary>Answers what it wrote.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ToolFailedException">It failed; the message holds what it wrote.</exception>
    public static async Task<string> RunAsync(string folder, string[] command, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // The variables by which "dotnet run" and tests point to their own SDK would lead another checkout's build astray.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return process.ExitCode == 0
            ? (await output).Trim()
            : throw new ToolFailedException(
                $"{string.Join(' ', command)} ended with {process.ExitCode}:{Environment.NewLine}{await output}{await error}");
    }
}

/// <summary>A tool failed.</summary>
internal sealed class ToolFailedException(string message) : Exception(message);
