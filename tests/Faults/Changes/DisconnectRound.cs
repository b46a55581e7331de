using OrleansSync.Faults.Accounts;
using OrleansSync.Faults.Campaign;
using OrleansSync.Faults.Invariants;
using OrleansSync.Sandbox;

namespace OrleansSync.Faults.Changes;

/// <summary>
/// Imported accounts are disconnected and the process is killed meanwhile: each goes entirely, or is there as it was. Connected again, each
/// finds its employees.
/// </summary>
internal sealed class DisconnectRound(Victims victims, SandboxServer sandbox, CampaignOptions options, int seed)
    : ChangeRound(victims, sandbox, options, seed)
{
    private const int LongestPause = 25;

    private readonly Dictionary<ImportedAccount, (string Key, int Created)> _before = [];
    private TimeSpan _slowest;

    /// <inheritdoc/>
    public override async Task<CampaignResult> RunAsync(int points)
    {
        await Victims.ReadyAsync();
        await ForAllAsync(ImportAsync);
        using (new Slowness(Sandbox, Random))
        {
            if (Seed % 2 == 1)
            {
                // A run under way is what a disconnection has to end first.
                await ForAllAsync(account => account.SynchronizeAsync());
            }

            var (statuses, counts) = await KillAmidAsync(
                account => account.TryDisconnectAsync(), LongestPause, (account, _) => Rows.RemainsOf(account.Tenant.Id).Count > 0);
            var restarted = TimeProvider.System.GetTimestamp();
            await Task.WhenAll(Accounts.Zip(statuses, (account, status) => EndAsync(account, IsSuccess(status), restarted)));
            await ForAllAsync(ConnectAgainAsync);
            await ForAllAsync(account => account.DisconnectAsync());
            return ResultOf(counts ? 1 : 0, _slowest);
        }
    }

    private async Task ImportAsync(ImportedAccount account)
    {
        await account.ConnectAsync();
        await account.SettleAsync();
        if (account.Plan.Users.FirstOrDefault(user => user.IsImported) is { } user)
        {
            await account.Tenant.SetResponsibleAsync(user.Id, responsible: false);
        }

        var key = await account.NewKeyAsync();
        lock (_before)
        {
            _before[account] = (key, account.Created);
        }
    }

    private async Task EndAsync(ImportedAccount account, bool isAnswered, long restarted)
    {
        var key = _before[account].Key;

        // To ask the service for the account would wake it.
        var isShown = IsUnattended ? Rows.IsConnected(account.Tenant.Id) : await account.IsShownAsync();
        if (isShown)
        {
            if (isAnswered)
            {
                Violate(account, ViolationKind.NotErased, "it is connected although its disconnection was answered");
            }

            if (!await account.OpensAsync(key))
            {
                Violate(account, ViolationKind.NotErased, "it is connected and its key is refused");
            }

            await account.DisconnectAsync();
        }

        if (!IsUnattended)
        {
            await RefusesAsync(account, "right after its disconnection");
        }

        if (!await HoldsInTimeAsync(() => Rows.RemainsOf(account.Tenant.Id).Count == 0))
        {
            var remains = string.Join(", ", Rows.RemainsOf(account.Tenant.Id));
            Violate(account, ViolationKind.NotErased, $"after {TakeUp.Promise} there is left of it: {remains}");
        }

        lock (_before)
        {
            var took = TimeProvider.System.GetElapsedTime(restarted);
            _slowest = took > _slowest ? took : _slowest;
        }

        await RefusesAsync(account, "after its erasure");
    }

    private async Task RefusesAsync(ImportedAccount account, string when)
    {
        if (await account.IsShownAsync())
        {
            Violate(account, ViolationKind.NotErased, $"it is shown {when}");
        }

        if (await account.OpensAsync(_before[account].Key))
        {
            Violate(account, ViolationKind.NotErased, $"its key works {when}");
        }
    }

    private async Task ConnectAgainAsync(ImportedAccount account)
    {
        var requests = account.Tenant.Requests().Count;
        await account.ConnectAsync();
        await account.SettleAsync();
        var evidence = await account.GatherAsync();
        Violate(account, ImportInvariants.Check(evidence with { Requests = [.. evidence.Requests.Skip(requests)] }));
        if (account.Created != _before[account].Created)
        {
            var more = account.Created - _before[account].Created;
            Violate(account, ViolationKind.Duplicate, $"{more} employees were created when it was connected again");
        }

        if (await account.OpensAsync(_before[account].Key))
        {
            Violate(account, ViolationKind.NotErased, "its former key works when it is connected again");
        }
    }
}
