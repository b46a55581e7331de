using System.Globalization;
using OrleansSync.Sandbox;
using OrleansSync.Testing;
using OrleansSync.Testing.Services;

namespace OrleansSync.Faults.Campaign;

/// <summary>Rounds of kills until there were enough.</summary>
internal static class KillCampaign
{
    /// <summary>Runs the campaign.</summary>
    /// <param name="options">What to do.</param>
    /// <param name="postgres">Where databases come from.</param>
    /// <param name="tell">Takes a line of progress.</param>
    public static async Task<CampaignResult> RunAsync(CampaignOptions options, PostgresServer postgres, Action<string> tell)
    {
        tell($"{options.Kind}: seed {options.Seed}, {options.Points} kills.");
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions());
        await using var victims = await Victims.StartAsync(options.Kind, postgres.CreateDatabaseAsync);
        var started = TimeProvider.System.GetTimestamp();
        var result = new CampaignResult();
        for (var seed = options.Seed; result.Points < options.Points; seed++)
        {
            var wanted = options.Points - result.Points;
            CampaignResult round;
            try
            {
                round = await new KillRound(victims, sandbox, options, seed).RunAsync(wanted);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Round with seed {seed} broke off. Repeat it: {Command(options, seed)}{Environment.NewLine}{victims.Service.Output}", exception);
            }

            result = result.With(round);
            var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
            tell(string.Create(
                CultureInfo.InvariantCulture,
                $"{options.Kind}: round {seed}: {round.Points} kills, {round.Creates} creates, take-up {round.SlowestTakeUp.TotalSeconds:0.0} s; {result.Points} of {options.Points} after {seconds:0} s"));
            foreach (var (_, account, violation) in round.Violations)
            {
                tell($"VIOLATION {violation.Kind} {account}: {violation.Text} Repeat: {Command(options, seed)}");
            }

            if (round.Violations.Count > 0)
            {
                var log = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"orleanssync-faults-{options.Kind}-{seed}.log"));
                await File.WriteAllTextAsync(log, victims.Service.Output);
                tell($"What the processes wrote: {log}");
            }

            sandbox.Reset();
        }

        return result;
    }

    private static string Command(CampaignOptions options, int seed) => string.Create(
        CultureInfo.InvariantCulture,
        $"./test.sh faults --kind {(options.Kind == ServiceKind.Cluster ? "cluster" : "embedded")} --seed {seed} --points {options.PointsARound}");
}
