using System.Globalization;
using System.Text.RegularExpressions;
using OrleansSync.Sandbox;
using OrleansSync.Testing;
using OrleansSync.Testing.Services;

namespace OrleansSync.Faults.Soak;

/// <summary>Many accounts at the shortest period there is, with vendors that are moody.</summary>
[Trait("Length", "Soak")]
public sealed partial class SoakTests(PostgresServer postgres)
{
    private static readonly TimeSpan _period = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(30);

    // A run that is due waits for its place, and what a vendor's trouble held up comes in the period after.
    private static readonly TimeSpan _oldestRun = 3 * _period;

    [Fact]
    [Trait("Rule", "R1.1")]
    public async Task Cluster_ManyAccountsEveryMinute_StaysFlatAndServesAll()
    {
        var length = TimeSpan.FromMinutes(Number("ORLEANSSYNC_SOAK_MINUTES", 20));
        var seed = Number("ORLEANSSYNC_FAULTS_SEED", 1);
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        await using var service = await ClusterService.StartAsync(
            await postgres.CreateDatabaseAsync(), new ServiceOptions { Period = _period.ToString("c", CultureInfo.InvariantCulture) });
        var fleet = new Fleet(service, sandbox, seed, Number("ORLEANSSYNC_SOAK_ACCOUNTS", 2000));
        await fleet.ConnectAsync();
        Report.Add(string.Create(
            CultureInfo.InvariantCulture, $"{fleet.Count} accounts, seed {seed}, {length.TotalMinutes} minutes after "
                + $"{fleet.Connecting.TotalSeconds:0} s of connecting.\n"));
        var logged = service.Silos.Select(silo => silo.Output.Text.Length).ToArray();

        var samples = await SoakAsync(service, fleet, length);

        Report.Add(Table(samples));
        var age = await fleet.OldestRunAsync();
        var stalls = service.Silos.Zip(logged).SelectMany(pair =>
            Stall().Matches(pair.First.Output.Text[pair.Second..]).Select(match => match.Value)).ToArray();
        Report.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"Oldest last run at the end: {age.TotalSeconds:0} s. Warnings of stalls or starvation: {stalls.Length}.\n"));
        Assert.Empty(samples.Select(MemoryVerdict.Of).OfType<string>());
        Assert.Empty(stalls);
        Assert.InRange(age, TimeSpan.Zero, _oldestRun);
    }

    private static async Task<List<ProcessSample>[]> SoakAsync(ClusterService service, Fleet fleet, TimeSpan length)
    {
        var counters = service.Silos.Select(silo => RuntimeCounters.Follow(silo.Id)).ToArray();
        var samples = service.Silos.Select(_ => new List<ProcessSample>()).ToArray();
        var started = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(_interval, TimeProvider.System);
        while (TimeProvider.System.GetElapsedTime(started) is var elapsed
            && elapsed < length
            && await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken))
        {
            // Peace for the last periods, so that what is left is the service's own.
            fleet.Trouble(isOn: elapsed < length - (2 * _period));
            for (var silo = 0; silo < samples.Length; silo++)
            {
                if (counters[silo].Sample(elapsed) is { } sample)
                {
                    samples[silo].Add(sample);
                    Report.Tell($"silo {silo + 1}: {sample}");
                }
            }
        }

        Array.ForEach(counters, counter => counter.Dispose());
        return samples;
    }

    private static string Table(List<ProcessSample>[] samples) => string.Join('\n',
    [
        "| silo | minute | working set | heap | pool threads | pool queue |",
        "| --- | --- | --- | --- | --- | --- |",
        .. samples.SelectMany((silo, index) => silo.Select(sample => string.Create(
            CultureInfo.InvariantCulture,
            $"| {index + 1} | {sample.At.TotalMinutes:0.0} | {sample.WorkingSet:0} MB | {sample.Heap:0} MB | {sample.Threads} | "
            + $"{sample.Queue} |"))),
        "",
    ]);

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : otherwise;

    [GeneratedRegex("Thread Pool is exhibiting[^\n]*|[Ss]tall[^\n]*|[Ss]tarvation[^\n]*")]
    private static partial Regex Stall();
}
