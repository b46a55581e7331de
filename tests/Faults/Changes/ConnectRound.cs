using System.Net;
using OrleansSync.Faults.Accounts;
using OrleansSync.Faults.Campaign;
using OrleansSync.Faults.Invariants;
using OrleansSync.Sandbox;
using OrleansSync.Testing.Client;

namespace OrleansSync.Faults.Changes;

/// <summary>
/// New accounts are connected and the process is killed meanwhile: each is there with all that belongs to it and imports by itself, or is
/// not there at all.
/// </summary>
internal sealed class ConnectRound(Victims victims, SandboxServer sandbox, CampaignOptions options, int seed)
    : ChangeRound(victims, sandbox, options, seed)
{
    private const int LongestPause = 4;

    private TimeSpan _slowest;

    /// <inheritdoc/>
    public override async Task<CampaignResult> RunAsync(int points)
    {
        await Victims.ReadyAsync();
        using (new Slowness(Sandbox, Random))
        {
            var wasUnderWay = Array.Empty<ImportedAccount>();
            using var holding = HoldListsIfBrief();
            var (statuses, counts) = await KillAmidAsync(
                account => account.TryConnectAsync(),
                LongestPause,
                (account, request) =>
                {
                    wasUnderWay = [.. Accounts.Where(other => other.IsUnderWay)];
                    return account.Created == 0 || !request.IsCompletedSuccessfully || !IsSuccess(request.Result);
                });
            holding?.Dispose();
            foreach (var account in wasUnderWay)
            {
                account.Interruptions.Add(Interruption!.Value);
            }

            var restarted = TimeProvider.System.GetTimestamp();
            await Task.WhenAll(Accounts.Zip(statuses, (account, status) => FindAsync(account, IsSuccess(status), restarted)));
            await ForAllAsync(CheckAsync);
            await ForAllAsync(account => account.DisconnectAsync());
            return ResultOf(counts ? 1 : 0, _slowest);
        }
    }

    private async Task FindAsync(ImportedAccount account, bool isAnswered, long restarted)
    {
        var isThere = IsUnattended ? Rows.IsConnected(account.Tenant.Id) : await account.IsShownAsync();
        if (isThere)
        {
            await ImportedByItselfAsync(account);
        }
        else
        {
            if (isAnswered)
            {
                Violate(account, ViolationKind.HalfConnected, "it is not there although its connection was answered");
            }

            // Reminders come before the account, and go by themselves where none follows.
            var remains = Rows.RemainsOf(account.Tenant.Id).Where(table => table.Table != "reminder").ToArray();
            if (remains.Length > 0)
            {
                Violate(account, ViolationKind.HalfConnected, $"it is not shown, but there is of it: {string.Join(", ", remains)}");
            }
        }

        lock (Accounts)
        {
            var took = TimeProvider.System.GetElapsedTime(restarted);
            _slowest = took > _slowest ? took : _slowest;
        }

        var status = await account.ConnectAsync();
        if (status != (isThere ? HttpStatusCode.OK : HttpStatusCode.Created))
        {
            var was = isThere ? "there" : "not there";
            Violate(account, ViolationKind.HalfConnected, $"it was {was}, and its second connection was answered {(int)status}");
        }
    }

    private async Task ImportedByItselfAsync(ImportedAccount account)
    {
        if (!await HoldsInTimeAsync(() => Rows.RunsOf(account.Tenant.Id) > 0))
        {
            Violate(account, ViolationKind.NotTakenUp, $"it is connected and was not imported in {TakeUp.Promise}");
        }

        var listed = await Victims.Service.Api.ListAsync("api/v1/accounts", AnswersJson.Default.PageAccount);
        if (listed.All(other => other.AccountId != account.Tenant.Id))
        {
            Violate(account, ViolationKind.HalfConnected, "it is connected and not listed");
        }

        await CheckAsync(account);
    }

    private async Task CheckAsync(ImportedAccount account)
    {
        await account.SettleAsync();
        Violate(account, ImportInvariants.Check(await account.GatherAsync()));
        if (Rows.SchedulesOf(account.Tenant.Id) is not 1 and var schedules)
        {
            Violate(account, ViolationKind.HalfConnected, $"it is connected and has {schedules} reminders for its schedule");
        }
    }
}
