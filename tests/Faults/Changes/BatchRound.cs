using OrleansSync.Faults.Accounts;
using OrleansSync.Faults.Campaign;
using OrleansSync.Faults.Invariants;
using OrleansSync.Sandbox;
using OrleansSync.Sandbox.Faults;

namespace OrleansSync.Faults.Changes;

/// <summary>
/// Several accounts are imported for the first time. CallGear carries out the creates that are under way and answers all at once, so that
/// what came of them is stored in batches of many rows, and the process is killed while it stores them.
/// </summary>
internal sealed class BatchRound(Victims victims, SandboxServer sandbox, CampaignOptions options, int seed)
    : ChangeRound(victims, sandbox, options, seed)
{
    private const int LongestPause = 12;

    // As long as nothing new comes in for this time, all that can be under way is.
    private static readonly TimeSpan _quiet = TimeSpan.FromMilliseconds(100);

    private TimeSpan _slowest;

    /// <inheritdoc/>
    public override async Task<CampaignResult> RunAsync(int points)
    {
        await Victims.ReadyAsync();
        var kills = 0;
        for (var turn = 0; turn < points; turn++)
        {
            kills += await KillBetweenAsync(isFirst: turn == 0) ? 1 : 0;
            foreach (var account in Accounts)
            {
                Violate(account, HalvesOf(account, "after a kill"));
            }
        }

        await SynchronizeAsync();
        await ForAllAsync(account => account.SettleAsync());
        await ForAllAsync(CheckAsync);
        await ForAllAsync(account => account.DisconnectAsync());
        return ResultOf(kills, _slowest);
    }

    private async Task<bool> KillBetweenAsync(bool isFirst)
    {
        var pause = TimeSpan.FromMilliseconds(Random.Next(LongestPause));
        using (Sandbox.Faults.Add(new Fault { Kind = FaultKind.Hold, Method = "create.employees", Executed = true }))
        {
            var asking = isFirst ? ForAllAsync(account => account.ConnectAsync()) : SynchronizeAsync();
            await QuietAsync();
            await asking;
        }

        await Task.Delay(pause, TimeProvider.System);
        IReadOnlyList<ImportedAccount> underWay = [];
        var counts = await KillAsync(() => underWay = [.. Accounts.Where(account => account.IsUnderWay)]);
        foreach (var account in underWay)
        {
            account.Interruptions.Add(Interruption!.Value);
        }

        return counts;
    }

    // Where nobody asks, the service has to take up by itself what it had begun.
    private Task SynchronizeAsync() => IsUnattended
        ? Task.CompletedTask
        : Task.WhenAll(Accounts.Where(account => account.Created < account.Plan.Creates).Select(account => account.SynchronizeAsync()));

    private async Task QuietAsync()
    {
        var (seen, since) = (0, TimeProvider.System.GetTimestamp());
        await ReachAsync(() =>
        {
            var now = Accounts.Sum(account => account.Created);
            if (now != seen)
            {
                (seen, since) = (now, TimeProvider.System.GetTimestamp());
            }

            return TimeProvider.System.GetElapsedTime(since) > (seen == 0 ? TakeUp.Promise : _quiet);
        });
    }

    private async Task CheckAsync(ImportedAccount account)
    {
        var evidence = await account.GatherAsync();
        Violate(account, ImportInvariants.Check(evidence));
        Violate(account, HalvesOf(account, "in the end"));
        if (Rows.OpenCreatesOf(account.Tenant.Id) is > 0 and var open)
        {
            Violate(account, ViolationKind.HalfStored, $"{open} creates are announced in the end");
        }

        foreach (var user in account.Plan.Users.Where(user => user.IsImported))
        {
            var row = await account.Tenant.RowAsync(user.Id);
            var entries = (row.History ?? []).Count(entry =>
                entry.Outcome is "created" or "linked" && entry.CallGearEmployeeId == row.CallGearEmployeeId);
            if (entries != 1)
            {
                Violate(account, ViolationKind.HalfStored, $"{entries} entries of user {user.Id}'s history tell of its employee");
            }
        }

        lock (Accounts)
        {
            var slowest = TakeUp.Delays(evidence).Select(delay => delay.Delay ?? TimeSpan.Zero).DefaultIfEmpty().Max();
            _slowest = slowest > _slowest ? slowest : _slowest;
        }
    }

    private IEnumerable<Violation> HalvesOf(ImportedAccount account, string when) =>
        Rows.HalvesOf(account.Tenant.Id).Select(half => new Violation(ViolationKind.HalfStored, $"{half}, {when}"));
}
