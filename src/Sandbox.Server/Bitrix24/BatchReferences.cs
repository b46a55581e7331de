using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OrleansSync.Sandbox.Bitrix24;

/// <summary>
/// Replaces <c>$result[command][49][ID]</c> in the parameters of a batch's command by the answer of an earlier one. As with the vendor, a
/// reference that leads nowhere becomes an empty string.
/// </summary>
internal static partial class BatchReferences
{
    public static JsonNode? Resolve(JsonNode? node, IReadOnlyDictionary<string, UserPage> answers) => node switch
    {
        JsonObject map => new JsonObject(map.Select(m => KeyValuePair.Create(m.Key, Resolve(m.Value, answers)))),
        JsonValue value when RestParameters.Text(value) is { } text => ResolveText(text, answers),
        _ => node?.DeepClone(),
    };

    private static JsonNode? ResolveText(string text, IReadOnlyDictionary<string, UserPage> answers)
    {
        var whole = Reference().Match(text);
        return whole.Success && whole.Length == text.Length
            ? Value(whole, answers) ?? ""
            : Reference().Replace(text, match => RestParameters.Text(Value(match, answers)) ?? "");
    }

    private static JsonNode? Value(Match match, IReadOnlyDictionary<string, UserPage> answers)
    {
        string[] path = [.. match.Groups["key"].Captures.Select(c => c.Value)];
        return answers.TryGetValue(path[0], out var page) ? page.Resolve(path.AsSpan(1)) : null;
    }

    [GeneratedRegex(@"\$result(?:\[(?<key>[^\[\]]*)\])+")]
    private static partial Regex Reference();
}
