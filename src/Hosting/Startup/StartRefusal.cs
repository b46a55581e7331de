using OrleansSync.Storage;

namespace OrleansSync.Hosting.Startup;

/// <summary>The end of a process that cannot start.</summary>
public static class StartRefusal
{
    /// <summary>
    /// Runs a program; where it refuses to start, prints the message alone, without a stack trace, to the error output.
    /// </summary>
    /// <param name="program">The program.</param>
    /// <returns>The exit code: 0, or 1 when it refused.</returns>
    public static async Task<int> ReportAsync(Func<Task> program)
    {
        try
        {
            await program();
            return 0;
        }
        catch (StartRefusedException refusal)
        {
            await Console.Error.WriteLineAsync(refusal.Message);
            return 1;
        }
    }
}
