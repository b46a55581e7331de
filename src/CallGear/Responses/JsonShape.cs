using System.Text;
using System.Text.Json;

namespace OrleansSync.CallGear.Responses;

/// <summary>
/// Reads JSON members. Unlike what only is shown, an employee that was read is written back, so a value of an undocumented type is a
/// <see cref="ShapeException"/> rather than a blank.
/// </summary>
internal static class JsonShape
{
    /// <summary>A member of an object; null when absent or null, or when this is no object.</summary>
    public static JsonElement? Member(this JsonElement element, ReadOnlySpan<byte> name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out var member)
        && member.ValueKind != JsonValueKind.Null
            ? member
            : null;

    /// <summary>A text, or a number as its text; null when absent or null.</summary>
    public static string? Text(this JsonElement element, ReadOnlySpan<byte> name)
    {
        if (MemberOfObject(element, name) is not { } found)
        {
            return null;
        }

        var reader = found.Reader();
        return reader.Text(Encoding.UTF8.GetString(name));
    }

    /// <summary>A whole number or a text of one; null when absent or null.</summary>
    public static long? Integer(this JsonElement element, ReadOnlySpan<byte> name)
    {
        if (MemberOfObject(element, name) is not { } found)
        {
            return null;
        }

        var reader = found.Reader();
        return reader.Integer(Encoding.UTF8.GetString(name));
    }

    /// <summary>A positive id; absent, it breaks the shape.</summary>
    public static long Id(this JsonElement element, ReadOnlySpan<byte> name) =>
        element.Integer(name) is > 0 and var id ? id : throw new ShapeException($"it has no valid {Encoding.UTF8.GetString(name)}");

    /// <summary>The elements of a list; none when it is absent or null.</summary>
    public static IEnumerable<JsonElement> List(this JsonElement element, ReadOnlySpan<byte> name) => MemberOfObject(element, name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } found => found.EnumerateArray(),
        _ => throw new ShapeException($"its {Encoding.UTF8.GetString(name)} is not a list"),
    };

    /// <summary>A whole number or a text of one; null for anything else.</summary>
    public static long? Integer(JsonElement? element)
    {
        if (element is not { } found)
        {
            return null;
        }

        var reader = found.Reader();
        return reader.Integer();
    }

    private static JsonElement? MemberOfObject(JsonElement element, ReadOnlySpan<byte> name) =>
        element.ValueKind == JsonValueKind.Object ? element.Member(name) : throw new ShapeException("one of its entries is not an object");
}
