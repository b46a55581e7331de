using System.Globalization;

namespace OrleansSync.Load.Compare;

/// <summary>The service beside two other ways to do the same work, in turns.</summary>
internal static class CompareLoad
{
    /// <summary>Lets all contenders work in turns, prints what each turn took and how they compare, and draws it.</summary>
    /// <param name="settings">What is measured.</param>
    /// <returns>0 when every import was complete.</returns>
    public static Task<int> RunAsync(CompareSettings settings) => Interruptible.RunAsync(token => CompareAsync(settings, token));

    private static async Task<int> CompareAsync(CompareSettings settings, CancellationToken cancellationToken)
    {
        PrintSettings(settings);
        var (report, isComplete) = (new CompareReport(settings.CountsAllocations), true);
        var contenders = Contender.Of(settings.Only, settings.Silos);
        report.PrintHead();
        for (var round = 1; round <= settings.Rounds; round++)
        {
            // Each is first, second and last in turn, so that what the machine does faster or slower falls on all alike.
            foreach (var contender in contenders.Skip((round - 1) % contenders.Count).Concat(contenders).Take(contenders.Count))
            {
                isComplete &= await MeasureAsync(round, contender, settings, report, cancellationToken);
            }
        }

        var figures = FigureFile.NewPath(NameOf(settings));
        report.Write(figures);
        Console.WriteLine();
        Console.WriteLine($"Figures: {Path.GetRelativePath(ServiceProgram.Root, figures)}");
        if (!isComplete)
        {
            Console.WriteLine("Not every import was complete.");
            return 1;
        }

        report.PrintMedians(contenders);
        var plot = settings.Plot ?? Path.ChangeExtension(figures, ".png");
        ComparePlot.Save(report, contenders, plot);
        return 0;
    }

    private static string NameOf(CompareSettings settings)
    {
        var name = "compare-" + settings.Case.ToString().ToLowerInvariant() + (settings.IsCold ? "-cold" : "");
        return settings.Silos == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{settings.Silos}-silos");
    }

    private static void PrintSettings(CompareSettings settings)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{settings.Case}: {settings.Accounts} accounts of {settings.Users} users, {settings.Times} times where imports are repeated; "
            + $"{Environment.ProcessorCount} cores, warm-up of {settings.WarmUp} accounts, "
            + $"{settings.Silos} silo{(settings.Silos == 1 ? "" : "s")}{(settings.IsCold ? ", cold" : "")}"
            + $"{(settings.CountsAllocations ? ", allocations counted" : "")}."));
        Console.WriteLine(settings.IsDurable
            ? "PostgreSQL flushes every commit; the sandbox has no limits and no latency."
            : "PostgreSQL flushes nothing (fsync and full_page_writes are off); the sandbox has no limits and no latency.");
        Console.WriteLine();
    }

    private static async Task<bool> MeasureAsync(
        int round, Contender contender, CompareSettings settings, CompareReport report, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var result in await CompareTurn.RunAsync(settings, contender.StartAsync, cancellationToken))
            {
                report.Add(round, contender.Name, result);
            }

            return true;
        }
        catch (Exception exception) when (exception is IncompleteImportException or InvalidOperationException or HttpRequestException)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {round} | {contender.Name} | failed |"));
            await Console.Error.WriteLineAsync(exception.Message);
            return false;
        }
    }
}
