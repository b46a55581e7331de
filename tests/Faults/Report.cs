using OrleansSync.Testing;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace OrleansSync.Faults;

/// <summary>What the long runs tell: lines as they go, and tables in the file that <c>ORLEANSSYNC_FAULTS_REPORT</c> names.</summary>
internal static class Report
{
    private static readonly Lock _lock = new();
    private static readonly string? _file = Environment.GetEnvironmentVariable("ORLEANSSYNC_FAULTS_REPORT");

    /// <summary>Tells a line.</summary>
    public static void Tell(string line) => TestContext.Current.SendDiagnosticMessage(line);

    /// <summary>Adds to the report.</summary>
    public static void Add(string text)
    {
        Tell(text);
        lock (_lock)
        {
            if (_file is { Length: > 0 })
            {
                File.AppendAllText(_file, text + Environment.NewLine);
            }
        }
    }
}
