using OrleansSync.Faults.Accounts;
using OrleansSync.Faults.Invariants;
using OrleansSync.Sandbox;

namespace OrleansSync.Faults.Campaign;

/// <summary>
/// Some accounts imported for the first time, in groups, and kills spread over the creates of each group. One seed decides all that can be
/// decided.
/// </summary>
internal sealed class KillRound : IKillRound
{
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(4);

    // Well below the time after which the service gives a request up: such a create is left alone for minutes, by design.
    private static readonly TimeSpan _longestHold = TimeSpan.FromSeconds(5);

    private readonly Victims _victims;
    private readonly SandboxServer _sandbox;
    private readonly CampaignOptions _options;
    private readonly Random _random;
    private readonly int _seed;
    private readonly ImportedAccount[] _accounts;
    private readonly bool _isUnattended;
    private readonly bool _isTroubled;

    /// <summary>Makes the accounts.</summary>
    public KillRound(Victims victims, SandboxServer sandbox, CampaignOptions options, int seed)
    {
        (_victims, _sandbox, _options, _seed) = (victims, sandbox, options, seed);
        _random = new Random(seed);
        _isUnattended = seed % options.RoundsBetweenUnattended == 0;
        _isTroubled = !_isUnattended && seed % 2 == 1;
        _accounts = [.. Enumerable.Range(0, options.AccountsARound).Select(_ =>
            new ImportedAccount(victims.Service, sandbox, AccountPlanner.Create(_random.Next(), _random.Next(5, 61))))];
    }

    /// <inheritdoc/>
    public async Task<CampaignResult> RunAsync(int points)
    {
        using var slow = new Slowness(_sandbox, _random);
        var kills = 0;
        using (_isTroubled ? new VendorTrouble(_sandbox, _random) : null)
        {
            var groups = _accounts.Chunk((_accounts.Length + _options.GroupsARound - 1) / _options.GroupsARound).ToArray();
            for (var group = 0; group < groups.Length; group++)
            {
                await ConnectAsync(groups[group], slow);
                kills += await KillAsync(groups[group], (points * (group + 1) / groups.Length) - (points * group / groups.Length));
            }

            await Task.WhenAll(_accounts.Select(account => account.SettleAsync()));
        }

        if (_isTroubled)
        {
            // A user whose create failed three times is reported as failed; the next run is what has to make it good.
            await Task.WhenAll(_accounts.Select(account => account.SynchronizeAsync()));
            await Task.WhenAll(_accounts.Select(account => account.SettleAsync()));
        }

        var evidence = await Task.WhenAll(_accounts.Select(account => account.GatherAsync()));
        await Task.WhenAll(_accounts.Select(account => account.DisconnectAsync()));
        return ResultOf(kills, evidence);
    }

    private async Task ConnectAsync(ImportedAccount[] group, Slowness slow)
    {
        await _victims.ReadyAsync();
        var connecting = Task.WhenAll(group.Select(account => account.ConnectAsync()));
        using (slow.HoldCreates())
        {
            await Task.WhenAny(connecting, Task.Delay(_longestHold, TimeProvider.System));
        }

        await connecting;
    }

    private async Task<int> KillAsync(ImportedAccount[] group, int wanted)
    {
        var all = group.Sum(account => account.Plan.Creates);
        var kills = 0;
        for (var turn = 0; turn < wanted; turn++)
        {
            // Spread over the creates, each somewhere in its own part, and then at any step of whatever is going on.
            var mark = (int)(all * (turn + _random.NextDouble()) / wanted);
            await ReachAsync(group, Math.Max(mark, 1));
            await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(30)), TimeProvider.System);
            if (!_accounts.Any(account => account.IsUnderWay))
            {
                continue;
            }

            var (interruption, accounts) = await _victims.KillAsync(
                _random, () => [.. _accounts.Where(account => account.IsUnderWay).Select(account => account.Tenant.Id)]);
            foreach (var account in _accounts.Where(account => accounts.Contains(account.Tenant.Id)))
            {
                account.Interruptions.Add(interruption);
            }

            kills += accounts.Count > 0 ? 1 : 0;
            await _victims.ReadyAsync();
            if (!_isUnattended)
            {
                await Task.WhenAll(
                    group.Where(account => account.Created < account.Plan.Creates).Select(account => account.SynchronizeAsync()));
            }
        }

        return kills;
    }

    private static async Task ReachAsync(ImportedAccount[] group, int creates)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (group.Sum(account => account.Created) < creates && TimeProvider.System.GetElapsedTime(started) < _patience)
        {
            await Task.Delay(_look, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    private CampaignResult ResultOf(int kills, ImportEvidence[] evidence)
    {
        var slowest = evidence.SelectMany(TakeUp.Delays).Select(delay => delay.Delay ?? TimeSpan.Zero).DefaultIfEmpty().Max();
        return new CampaignResult
        {
            Rounds = 1,
            Points = kills,
            Accounts = _accounts.Length,
            Users = _accounts.Sum(account => account.Plan.Imported),
            Creates = _accounts.Sum(account => account.Created),
            Resumed = evidence.Sum(account => account.Runs.Count(run => run.Trigger == "resumed")),
            SlowestTakeUp = slowest,
            SlowestUnattended = _isUnattended ? slowest : TimeSpan.Zero,
            Violations = [.. evidence.Zip(_accounts).SelectMany(
                pair => ImportInvariants.Check(pair.First).Select(violation => (_seed, pair.Second.Tenant.Id, violation)))],
        };
    }
}
