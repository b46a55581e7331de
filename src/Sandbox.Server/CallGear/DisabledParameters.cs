using System.Text.Json;

namespace OrleansSync.Sandbox.CallGear;

/// <summary>Finds parameters in a request that the account's plan lacks.</summary>
internal static class DisabledParameters
{
    /// <summary>The first that a request has, without its method; null when it has none.</summary>
    /// <param name="disabled">Paths of parameters, each perhaps after a method and a colon.</param>
    /// <param name="method">The method that is called.</param>
    /// <param name="parameters">Its parameters.</param>
    public static string? Find(IReadOnlyList<string> disabled, string method, JsonElement parameters) =>
        PathsFor(disabled, method).FirstOrDefault(path => IsIn(parameters, path.Split('.')));

    /// <summary>Whether the plan lacks a parameter of a method.</summary>
    public static bool Has(IReadOnlyList<string> disabled, string method, string path) => PathsFor(disabled, method).Contains(path);

    private static IEnumerable<string> PathsFor(IReadOnlyList<string> disabled, string method) =>
        disabled.Select(entry => entry.Split(':')).Where(parts => parts.Length == 1 || parts[0] == method).Select(parts => parts[^1]);

    private static bool IsIn(JsonElement value, ReadOnlySpan<string> path)
    {
        if (path.IsEmpty)
        {
            return true;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                return value.TryGetProperty(path[0], out var member) && IsIn(member, path[1..]);
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    if (IsIn(item, path))
                    {
                        return true;
                    }
                }

                return false;
            case JsonValueKind.String:
                return path.Length == 1 && value.ValueEquals(path[0]);
            default:
                return false;
        }
    }
}
