using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace OrleansSync.Testing.Processes;

/// <summary>One program of the product as a real process. It is stopped and killed by its id alone.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private const string DotnetHost = "DOTNET_HOST_PATH";
    private static readonly TimeSpan _stopPatience = TimeSpan.FromSeconds(90);
    private static readonly HttpClient _probe = new() { Timeout = TimeSpan.FromSeconds(10) };

    // Settings of the machine must not reach the product under test.
    private static readonly string[] _foreignSettings =
        ["ConnectionStrings__", "OrleansSync__", "OTEL_", "ASPNETCORE_", "DOTNET_ENVIRONMENT", "Logging__"];

    private readonly Process _process;

    private ServiceProcess(string name, Process process)
    {
        Name = name;
        _process = process;
        Output.Follow(process);
    }

    /// <summary>What messages call it.</summary>
    public string Name { get; }

    /// <summary>What it wrote.</summary>
    public ProcessOutput Output { get; } = new();

    /// <summary>Its number in the system.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>How it ended; only once it has.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Starts a program.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="program">The built program.</param>
    /// <param name="environment">Its settings.</param>
    /// <param name="arguments">Its command line.</param>
    public static ServiceProcess Start(
        string name, string program, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        StartBy([], name, program, environment, arguments);

    /// <summary>Starts a program by another, which is replaced by it.</summary>
    /// <param name="starter">The other's command line; empty for none.</param>
    /// <param name="name">What messages call the program.</param>
    /// <param name="program">The built program.</param>
    /// <param name="environment">Its settings.</param>
    /// <param name="arguments">Its command line.</param>
    public static ServiceProcess StartBy(
        string[] starter, string name, string program, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        string[] command = [.. starter, Environment.GetEnvironmentVariable(DotnetHost) ?? "dotnet", "exec", program, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var setting in start.Environment.Keys.Where(key =>
            _foreignSettings.Any(prefix => key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))).ToArray())
        {
            start.Environment.Remove(setting);
        }

        foreach (var (setting, value) in environment)
        {
            start.Environment[setting] = value;
        }

        return new ServiceProcess(name, Process.Start(start)!);
    }

    /// <summary>Waits until the program is ready to serve.</summary>
    /// <param name="address">Its address.</param>
    /// <exception cref="InvalidOperationException">It ended; the message holds what it wrote.</exception>
    public async Task WaitUntilReadyAsync(Uri address)
    {
        var ready = new Uri(address, "health/ready");
        await Eventually.GetAsync(
            $"{Name} is ready", () => LookAsync(ready), answer => answer == HttpStatusCode.OK.ToString(), TimeSpan.FromSeconds(180));
    }

    /// <summary>Waits until it has written a text.</summary>
    public Task WaitForOutputAsync(string text) => Eventually.GetAsync(
        $"{Name} writes '{text}'",
        () =>
        {
            ThrowIfEnded();
            return Task.FromResult(Output.Tail);
        },
        _ => Output.Text.Contains(text, StringComparison.Ordinal));

    /// <summary>Waits until it ends by itself.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> WaitForEndAsync()
    {
        using var patience = new CancellationTokenSource(_stopPatience);
        try
        {
            // With its streams read to their end.
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{Name} did not end. It wrote:{Environment.NewLine}{Output.Tail}");
        }

        return _process.ExitCode;
    }

    /// <summary>Asks it to stop, as an orchestrator does, and waits until it has.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        if (!_process.HasExited)
        {
            await SignalAsync("TERM");
        }

        return await WaitForEndAsync();
    }

    /// <summary>Freezes it, as a machine that is paused or out of breath: it holds its connections and does nothing.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    /// <summary>Lets it go on where it was frozen.</summary>
    public Task ThawAsync() => SignalAsync("CONT");

    /// <summary>Ends it at once, as a crash of the machine would.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private async Task<string> LookAsync(Uri address)
    {
        ThrowIfEnded();
        try
        {
            using var answer = await _probe.GetAsync(address);
            return answer.StatusCode.ToString();
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return exception.Message;
        }
    }

    private void ThrowIfEnded()
    {
        if (_process.HasExited)
        {
            throw new InvalidOperationException($"{Name} ended with {_process.ExitCode}. It wrote:{Environment.NewLine}{Output.Tail}");
        }
    }
}
