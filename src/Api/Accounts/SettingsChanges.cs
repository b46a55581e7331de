using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansSync.Api.Bodies;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Audit;

namespace OrleansSync.Api.Accounts;

/// <summary>What a change of settings changes, for the audit trail: each leaf by its path in the account, its values as JSON.</summary>
internal static class SettingsChanges
{
    /// <summary>Compares settings.</summary>
    public static IEnumerable<AuditDetail> Between(AccountSettings before, AccountSettings after) =>
        Between("settings", JsonOf(before), JsonOf(after));

    private static IEnumerable<AuditDetail> Between(string path, JsonNode? before, JsonNode? after)
    {
        var (old, now) = (before as JsonObject, after as JsonObject);
        return old is null && now is null
            ? JsonNode.DeepEquals(before, after) ? [] : [new(path, null, new(before?.ToJsonString(), after?.ToJsonString()))]
            : (old ?? []).Concat(now ?? []).Select(member => member.Key).Distinct()
                .SelectMany(name => Between($"{path}.{name}", old?[name], now?[name]));
    }

    private static JsonNode? JsonOf(AccountSettings settings) =>
        JsonSerializer.SerializeToNode(settings, ApiJson.Default.AccountSettings);
}
