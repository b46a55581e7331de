using System.Text.Json.Nodes;
using OrleansSync.Grains.Interfaces.Audit;

namespace OrleansSync.Api.Audit;

/// <summary>An entry of an audit trail as it is shown.</summary>
/// <param name="At">When it was done, in UTC.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Action">What was done, such as account.connected.</param>
/// <param name="From">The address the request came from; null when it is not known.</param>
/// <param name="Details">
/// What it changed, by name: a value, or an object with from and to. Of a change of settings alone: <c>changes</c>, a list of field, from
/// and to.
/// </param>
internal sealed record AuditResponse(DateTime At, AuditActor Actor, string Action, string? From, JsonObject Details)
{
    public static AuditResponse Show(AuditEntry entry) => new(
        entry.At.UtcDateTime, entry.Actor, entry.Action, entry.From,
        entry.Action == AuditActions.SettingsChanged ? ShowSettings(entry) : ShowDetails(entry));

    private static JsonObject ShowSettings(AuditEntry entry) => new()
    {
        ["changes"] = new JsonArray([.. entry.Details.Select(detail => new JsonObject
        {
            ["field"] = detail.Name,
            ["from"] = ValueOf(detail.Change!.From),
            ["to"] = ValueOf(detail.Change.To),
        })]),
    };

    private static JsonNode? ValueOf(string? json) => json is null ? null : JsonNode.Parse(json);

    private static JsonObject ShowDetails(AuditEntry entry)
    {
        var details = new JsonObject();
        foreach (var detail in entry.Details)
        {
            details[detail.Name] = detail.Change is { } change
                ? new JsonObject { ["from"] = change.From, ["to"] = change.To }
                : JsonValue.Create(detail.Value);
        }

        return details;
    }
}
