using System.Runtime.InteropServices;

namespace OrleansSync.Load;

/// <summary>Work that whoever breaks it off is left with no work tree, no server and no process of.</summary>
internal static class Interruptible
{
    private const int Interrupted = 130;

    /// <summary>Does it.</summary>
    /// <param name="work">The work; its token is cancelled by SIGINT and SIGTERM.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(Func<CancellationToken, Task<int>> work)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            return await work(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Interrupted;
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }
}
