using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansSync.Api.Audit;
using OrleansSync.Api.Bodies;
using OrleansSync.Api.Hosting;
using OrleansSync.Grains.Interfaces.Accounts;

namespace OrleansSync.Api.Accounts;

/// <summary>Changes some of an account's settings and leaves the others.</summary>
internal sealed class SettingsChanging(IGrainFactory grains, AuditTrail audit)
{
    /// <summary>Changes settings; no run starts because of it.</summary>
    /// <param name="context">The request, for the audit trail.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="patch">The well-formed members of a merge patch of the settings.</param>
    /// <param name="errors">What is known to be wrong already, and where faults go; with any nothing is stored.</param>
    /// <returns>The account as it is now; null when there is none.</returns>
    public async Task<AccountView?> ChangeAsync(HttpContext context, string accountId, JsonObject patch, BodyErrors errors)
    {
        if (grains.FindPortal(accountId) is not { } portal || await portal.GetAccountAsync() is not { } account)
        {
            return null;
        }

        while (true)
        {
            var before = account.Connection.Settings;
            var members = MergePatch.Apply(JsonSerializer.SerializeToNode(before, ApiJson.Default.AccountSettings), patch)!;
            var after = SettingsRules.Judge(members.Deserialize(ApiJson.Default.SettingsBody)!, errors);
            if (!errors.IsEmpty)
            {
                return account;
            }

            var answer = await portal.ChangeSettingsAsync(before, after);
            if (answer.Outcome == SettingsOutcome.Changed && before != after)
            {
                await audit.WriteAsync(context, accountId, AuditActions.SettingsChanged, SettingsChanges.Between(before, after));
            }

            // Somebody else changed them meanwhile: the patch is for what they are now.
            if (answer.Outcome != SettingsOutcome.Outdated || answer.Account is null)
            {
                return answer.Account;
            }

            account = answer.Account;
        }
    }
}
