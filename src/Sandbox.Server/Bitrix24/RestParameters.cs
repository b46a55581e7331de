using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrleansSync.Sandbox.Bitrix24;

/// <summary>Typed access to the parameters of a call, which come as JSON or as a form and so may hold numbers as strings.</summary>
internal static class RestParameters
{
    /// <summary>The parameter whose name matches without regard to case.</summary>
    public static JsonNode? Find(JsonObject parameters, string name) =>
        parameters.FirstOrDefault(p => p.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>
    /// Refuses parameters that the method does not have. The vendor ignores most of them, which would hide a client's mistake.
    /// </summary>
    /// <exception cref="RestException">There is one.</exception>
    public static void RefuseOthers(JsonObject parameters, params ReadOnlySpan<string> known)
    {
        foreach (var (name, _) in parameters)
        {
            var found = false;
            foreach (var candidate in known)
            {
                found |= candidate.Equals(name, StringComparison.OrdinalIgnoreCase);
            }

            if (!found)
            {
                throw new RestException(RestError.Argument($"Unknown parameter: {name}"));
            }
        }
    }

    /// <summary>A scalar as text; null for null, absent, or anything that is not a scalar.</summary>
    public static string? Text(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.String => node.GetValue<string>(),
        JsonValueKind.Number => node.ToJsonString(),
        JsonValueKind.True => "1",
        JsonValueKind.False => "0",
        _ => null,
    };

    /// <summary>A whole number.</summary>
    /// <exception cref="RestException">It is something else.</exception>
    public static int Number(JsonNode? node, string name, int absent)
    {
        if (node is null)
        {
            return absent;
        }

        return int.TryParse(Text(node), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new RestException(RestError.Argument($"Parameter {name} must be a whole number"));
    }

    /// <summary>The members of a list, whether it came as an array, as a map with numeric keys, or as one scalar.</summary>
    public static IReadOnlyList<JsonNode?> List(JsonNode? node) => node switch
    {
        null => [],
        JsonArray array => [.. array],
        JsonObject map => [.. map.Select(m => m.Value)],
        _ => [node],
    };

    /// <summary>A map; PHP's empty array counts as an empty map.</summary>
    /// <exception cref="RestException">It is something else.</exception>
    public static JsonObject Map(JsonNode? node, string name) => node switch
    {
        null => [],
        JsonArray { Count: 0 } => [],
        JsonObject map => map,
        _ => throw new RestException(RestError.Argument($"Parameter {name} must be a map")),
    };
}
