using System.Globalization;

namespace OrleansSync.Load.Compare;

/// <summary>What Linux tells of processes.</summary>
internal static class ProcessTable
{
    // The unit of /proc, USER_HZ, which is the same on all machines that .NET runs on.
    private const long TicksPerSecond = 100;

    // Places in /proc/PID/stat behind the name, as counted in proc(5) from 3 on.
    private const int Parent = 4;
    private const int OwnUser = 14;
    private const int OwnSystem = 15;
    private const int EndedUser = 16;
    private const int EndedSystem = 17;
    private const int FirstBehindName = 3;

    /// <summary>The process that started another.</summary>
    public static int ParentOf(int process) => int.Parse(StatOf(process)![Parent - FirstBehindName], CultureInfo.InvariantCulture);

    /// <summary>Processor time of processes since they started.</summary>
    public static TimeSpan ProcessorOf(IEnumerable<int> processes) =>
        Time(processes.Select(StatOf).OfType<string[]>().Sum(stat => Ticks(stat, OwnUser) + Ticks(stat, OwnSystem)));

    /// <summary>Processor time of a process and of all that it has started, whether they have ended or not.</summary>
    public static TimeSpan ProcessorOfFamily(int parent)
    {
        var own = StatOf(parent)!;
        var ended = Ticks(own, EndedUser) + Ticks(own, EndedSystem);
        return Time(ended) + ProcessorOf([parent, .. ChildrenOf(parent)]);
    }

    /// <summary>Bytes of memory that processes have filled themselves and that no file stands behind (RssAnon).</summary>
    public static long AnonymousMemoryOf(IEnumerable<int> processes) => processes.Sum(process =>
    {
        const string Field = "RssAnon:";
        var line = TryRead(process, "status")?.Split('\n').FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal));
        var kilobytes = line?[Field.Length..].Replace("kB", "", StringComparison.Ordinal);
        return kilobytes is null ? 0 : long.Parse(kilobytes, CultureInfo.InvariantCulture) * 1024;
    });

    private static IEnumerable<int> ChildrenOf(int parent)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var process)
                && StatOf(process) is { } stat
                && int.Parse(stat[Parent - FirstBehindName], CultureInfo.InvariantCulture) == parent)
            {
                yield return process;
            }
        }
    }

    // The name may hold spaces and brackets.
    private static string[]? StatOf(int process) =>
        TryRead(process, "stat") is { } text ? text[(text.LastIndexOf(')') + 2)..].Split(' ') : null;

    private static string? TryRead(int process, string file)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/{file}"));
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return null;
        }
    }

    private static long Ticks(string[] stat, int place) => long.Parse(stat[place - FirstBehindName], CultureInfo.InvariantCulture);

    private static TimeSpan Time(long ticks) => TimeSpan.FromSeconds((double)ticks / TicksPerSecond);
}
