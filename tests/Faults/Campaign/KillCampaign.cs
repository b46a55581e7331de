using System.Globalization;
using OrleansSync.Faults.Changes;
using OrleansSync.Sandbox;
using OrleansSync.Testing;

namespace OrleansSync.Faults.Campaign;

/// <summary>
/// Rounds of kills until there were enough. Lanes, each with a service and vendors of its own, do rounds side by side: after a kill a run
/// may wait half a minute for creates that were under way, in which a single lane would have nothing to do.
/// </summary>
internal sealed class KillCampaign
{
    private readonly CampaignOptions _options;
    private readonly PostgresServer _postgres;
    private readonly Action<string> _tell;
    private readonly Lock _lock = new();
    private readonly long _started = TimeProvider.System.GetTimestamp();
    private CampaignResult _result = new();
    private int _nextSeed;
    private int _underWay;

    private KillCampaign(CampaignOptions options, PostgresServer postgres, Action<string> tell)
    {
        (_options, _postgres, _tell) = (options, postgres, tell);
        _nextSeed = options.Seed;
    }

    /// <summary>Runs the campaign.</summary>
    /// <param name="options">What to do.</param>
    /// <param name="postgres">Where databases come from.</param>
    /// <param name="tell">Takes a line of progress.</param>
    public static async Task<CampaignResult> RunAsync(CampaignOptions options, PostgresServer postgres, Action<string> tell)
    {
        tell($"{options.Name}: seed {options.Seed}, {options.Points} kills.");
        var campaign = new KillCampaign(options, postgres, tell);
        var lanes = Math.Min(options.Lanes, (options.Points + options.PointsARound - 1) / options.PointsARound);
        await Task.WhenAll(Enumerable.Range(0, lanes).Select(_ => campaign.DoRoundsAsync()));
        return campaign._result;
    }

    /// <summary>A round of a campaign.</summary>
    /// <param name="victims">What is killed.</param>
    /// <param name="sandbox">The vendors.</param>
    /// <param name="options">What to do.</param>
    /// <param name="seed">What everything is derived from.</param>
    public static IKillRound RoundOf(Victims victims, SandboxServer sandbox, CampaignOptions options, int seed) => options.Trial switch
    {
        Trial.FirstImport => new KillRound(victims, sandbox, options, seed),
        Trial.Disconnect => new DisconnectRound(victims, sandbox, options, seed),
        Trial.Connect => new ConnectRound(victims, sandbox, options, seed),
        Trial.Update => new UpdateRound(victims, sandbox, options, seed),
        _ => new BatchRound(victims, sandbox, options, seed),
    };

    private async Task DoRoundsAsync()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions());
        await using var victims = await Victims.StartAsync(_options.Kind, _postgres.CreateDatabaseAsync);
        while (TakeRound() is var (seed, wanted) && wanted > 0)
        {
            CampaignResult round;
            try
            {
                round = await RoundOf(victims, sandbox, _options, seed).RunAsync(wanted);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException(
                    $"Round with seed {seed} broke off. Repeat it: {Command(seed)}{Environment.NewLine}{victims.Service.Output}",
                    exception);
            }

            EndRound(seed, wanted, round);
            if (round.Violations.Count > 0)
            {
                var log = Path.Combine(
                    Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"orleanssync-faults-{_options.Name}-{seed}.log"));
                await File.WriteAllTextAsync(log, victims.Service.Output);
                _tell($"What the processes wrote: {log}");
            }

            sandbox.Reset();
        }
    }

    private (int Seed, int Wanted) TakeRound()
    {
        lock (_lock)
        {
            var wanted = Math.Min(_options.PointsARound, _options.Points - _result.Points - _underWay);
            _underWay += Math.Max(wanted, 0);
            return wanted > 0 ? (_nextSeed++, wanted) : default;
        }
    }

    private void EndRound(int seed, int wanted, CampaignResult round)
    {
        lock (_lock)
        {
            _underWay -= wanted;
            _result = _result.With(round);
            var seconds = TimeProvider.System.GetElapsedTime(_started).TotalSeconds;
            _tell(string.Create(
                CultureInfo.InvariantCulture,
                $"{_options.Name}: round {seed}: {round.Points} kills, {round.Creates} creates, take-up "
                + $"{round.SlowestTakeUp.TotalSeconds:0.0} s; {_result.Points} of {_options.Points} after {seconds:0} s"));
            foreach (var (_, account, violation) in round.Violations)
            {
                _tell($"VIOLATION {violation.Kind} {account}: {violation.Text} Repeat: {Command(seed)}");
            }
        }
    }

    private string Command(int seed) => string.Create(
        CultureInfo.InvariantCulture,
        $"./test.sh faults --kind {_options.Name} --seed {seed} --points {_options.PointsARound}");
}
