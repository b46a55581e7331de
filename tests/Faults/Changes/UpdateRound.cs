using System.Net;
using OrleansSync.Faults.Accounts;
using OrleansSync.Faults.Campaign;
using OrleansSync.Faults.Invariants;
using OrleansSync.Sandbox;
using OrleansSync.Sandbox.CallGear;

namespace OrleansSync.Faults.Changes;

/// <summary>
/// Accounts get another portal and another CallGear account in one update, and the process is killed meanwhile: nobody of the one portal
/// comes into the CallGear account of the other.
/// </summary>
internal sealed class UpdateRound : ChangeRound
{
    // Ids of the portals that accounts have first end below.
    private const int Before = 1000;

    // Long enough for imports from the new portal to begin.
    private const int LongestPause = 200;

    private readonly Dictionary<ImportedAccount, ImportedAccount> _next;
    private TimeSpan _slowest;

    /// <summary>Makes the accounts, and for each the portal and the CallGear account that it is pointed at.</summary>
    public UpdateRound(Victims victims, SandboxServer sandbox, CampaignOptions options, int seed)
        : base(victims, sandbox, options, seed) => _next = Accounts.ToDictionary(account => account, _ => NewAccount(Before));

    /// <inheritdoc/>
    public override async Task<CampaignResult> RunAsync(int points)
    {
        await Victims.ReadyAsync();
        using (new Slowness(Sandbox, Random))
        {
            await ForAllAsync(account => account.ConnectAsync());
            if (Seed % 2 == 0)
            {
                await ForAllAsync(account => account.SettleAsync());
            }
            else
            {
                var mark = Random.NextDouble() * Accounts.Sum(account => account.Plan.Creates);
                await ReachAsync(() => Accounts.Sum(account => account.Created) >= mark);
            }

            using var holding = HoldListsIfBrief();
            var (statuses, counts) = await KillAmidAsync(
                UpdateAsync, LongestPause, (account, _) => _next[account].Created < _next[account].Plan.Creates);
            holding?.Dispose();
            var restarted = TimeProvider.System.GetTimestamp();
            await Task.WhenAll(Accounts.Zip(statuses, (account, status) => EndAsync(account, IsSuccess(status))));
            _slowest = TimeProvider.System.GetElapsedTime(restarted);
            await ForAllAsync(CheckAsync);
            await ForAllAsync(account => account.DisconnectAsync());
            return ResultOf(counts ? 1 : 0, _slowest);
        }
    }

    private async Task<HttpStatusCode> UpdateAsync(ImportedAccount account)
    {
        var status = await account.TryConnectAsync(_next[account].Tenant.Body());
        return IsSuccess(status) ? await account.TrySynchronizeAsync() : status;
    }

    private async Task EndAsync(ImportedAccount account, bool isAnswered)
    {
        if (!isAnswered || !IsUnattended)
        {
            await account.ConnectAsync(_next[account].Tenant.Body());
            await account.SynchronizeAsync();
        }

        await account.SettleAsync();

        // What one run could not finish because its connection was another in the middle of it, the next makes good.
        await account.SynchronizeAsync();
        await account.SettleAsync();

        // R8.12: whom links by id were made with is not there. A person says that it is another portal.
        if ((await account.Tenant.RunsAsync())[0] is { Status: "held", Error.Code: "portalChanged" } held)
        {
            await account.Tenant.ApproveAsync(held);
            await account.SettleAsync();
        }
    }

    private async Task CheckAsync(ImportedAccount account)
    {
        var next = _next[account];
        Violate(account, StrangersIn(account.Tenant.CallGear, account.Plan));
        Violate(account, StrangersIn(next.Tenant.CallGear, next.Plan));
        var evidence = await account.GatherAsync();
        var ids = next.Plan.Users.Select(user => user.Id).ToHashSet();

        // Those of the former portal count as gone: they are held or removed, by the rules of a portal that was changed on purpose.
        var ofNext = evidence with
        {
            Plan = next.Plan with { HasGroup = false },
            Employees = next.Tenant.CallGear.Employees,
            Changes = next.Tenant.CallGear.Changes,
            GroupMembers = [],
            Requests = [.. next.Tenant.Requests().Where(request => request.Method != "update.group_employees")],
            Rows = evidence.Rows.Where(row => ids.Contains(row.Key)).ToDictionary(),

            // A run that was under way ends with the former connection; whichever comes next, by whatever trigger, takes its place.
            Runs = [.. evidence.Runs.Where(run => run.Error?.Code != "interrupted")],
            Responsible = [.. evidence.Responsible.Where(item => ids.Contains(item.BitrixUserId))],
        };
        Violate(account, ImportInvariants.Check(ofNext).Where(violation => violation.Kind != ViolationKind.WrongRemoval));
        if (account.Tenant.CallGear.CreatedDuplicates().Count > 0)
        {
            Violate(account, ViolationKind.Duplicate, "there are two employees of one address in its former CallGear account");
        }
    }

    private static IEnumerable<Violation> StrangersIn(CallGearAccount callGear, AccountPlan own)
    {
        var known = own.Users.Select(user => user.Email).Concat(own.Employees.Select(employee => employee.Email)).OfType<string>()
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var employee in callGear.Changes.Select(change => change.After).OfType<Employee>().DistinctBy(employee => employee.Id))
        {
            if (!known.Contains(employee.Email!))
            {
                yield return new(
                    ViolationKind.WrongAccount, $"employee {employee.Id} ({employee.Email}) was written to CallGear account {callGear.Id}");
            }
        }
    }
}
