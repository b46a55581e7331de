using System.Globalization;

namespace OrleansSync.Load;

/// <summary>The first import of many accounts by this checkout and by another commit, side by side.</summary>
internal static class ImportLoad
{
    /// <summary>Builds both, lets them import in turns, and prints what each import took and how the two compare.</summary>
    /// <param name="commit">The other commit.</param>
    /// <param name="size">What is imported.</param>
    /// <param name="rounds">How often each imports it.</param>
    /// <returns>0 when every import was complete.</returns>
    public static async Task<int> RunAsync(string commit, ImportSize size, int rounds)
    {
        try
        {
            return await Interruptible.RunAsync(token => CompareAsync(commit, size, rounds, token));
        }
        catch (ToolFailedException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    private static async Task<int> CompareAsync(string commit, ImportSize size, int rounds, CancellationToken cancellationToken)
    {
        var here = await Checkout.ThisAsync(cancellationToken);
        await using var other = await Checkout.OfCommitAsync(commit, cancellationToken);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"First import of {size.Accounts} accounts of {size.Users} users, by one silo and one API process; "
            + $"{Environment.ProcessorCount} cores."));
        Console.WriteLine(size.IsDurable
            ? "PostgreSQL flushes every commit; the sandbox has no limits and no latency."
            : "PostgreSQL flushes nothing (fsync and full_page_writes are off); the sandbox has no limits and no latency.");
        Console.WriteLine();
        Console.WriteLine("| round | build | employees/s | processor | WAL |");
        Console.WriteLine("| --- | --- | --- | --- | --- |");
        Dictionary<Checkout, List<ImportResult>> results = new() { [here] = [], [other] = [] };
        for (var round = 1; round <= rounds; round++)
        {
            // Whatever the machine does slower and slower, or faster and faster, falls on both alike.
            foreach (var build in round % 2 == 1 ? new[] { here, other } : [other, here])
            {
                await MeasureAsync(round, build, size, results[build], cancellationToken);
            }
        }

        Console.WriteLine();
        if (results.Values.Any(list => list.Count < rounds))
        {
            Console.WriteLine("Not every import was complete.");
            return 1;
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{here.Name} to {other.Name}, medians: employees/s {Ratio(result => result.EmployeesPerSecond):0.00}, "
            + $"processor {Ratio(result => result.Processor.TotalSeconds):0.00}, WAL {Ratio(result => result.WalBytes):0.00}."));
        return 0;

        double Ratio(Func<ImportResult, double> figure) =>
            Medians.Of(results[here].Select(figure)) / Medians.Of(results[other].Select(figure));
    }

    private static async Task MeasureAsync(
        int round, Checkout build, ImportSize size, List<ImportResult> results, CancellationToken cancellationToken)
    {
        try
        {
            var result = await ImportRound.RunAsync(build, size, cancellationToken);
            results.Add(result);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {round} | {build.Name} | {result.EmployeesPerSecond:0.0} | {result.Processor.TotalSeconds:0.0} s "
                + $"| {result.WalBytes / 1048576.0:0.0} MiB |"));
        }
        catch (Exception exception) when (exception is IncompleteImportException or InvalidOperationException or HttpRequestException)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {round} | {build.Name} | failed | | |"));
            await Console.Error.WriteLineAsync(exception.Message);
        }
    }
}
