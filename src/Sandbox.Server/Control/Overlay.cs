using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace OrleansSync.Sandbox.Control;

/// <summary>
/// Changes some members of a record from JSON. Starting from a whole record keeps the others' defaults, which generated deserializers lose
/// for members that are set at initialization only.
/// </summary>
internal static class Overlay
{
    /// <summary>The record with the members that <paramref name="changes"/> names.</summary>
    /// <exception cref="JsonException">A member is unknown or of a wrong type.</exception>
    public static T On<T>(T original, JsonNode? changes, JsonTypeInfo<T> type)
    {
        if (changes is null)
        {
            return original;
        }

        if (changes is not JsonObject members)
        {
            throw new JsonException($"{typeof(T).Name} must be an object.");
        }

        var whole = JsonSerializer.SerializeToNode(original, type)!.AsObject();
        foreach (var (name, value) in members)
        {
            whole[name] = value?.DeepClone();
        }

        return whole.Deserialize(type)!;
    }
}
