using System.Globalization;
using System.Text.Json;

namespace OrleansSync.Bitrix24.Responses;

/// <summary>
/// Reads JSON as PHP writes it: numbers as strings and the reverse, empty maps as arrays, maps with numeric keys as arrays.
/// </summary>
internal static class JsonTolerance
{
    /// <summary>A member of an object; null when absent, or when this is no object.</summary>
    public static JsonElement? Member(this JsonElement element, ReadOnlySpan<byte> name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;

    /// <summary>The entry of a map under its name, or at its place when the map was written as an array.</summary>
    public static JsonElement? Entry(this JsonElement? map, string name, int place) => map switch
    {
        { ValueKind: JsonValueKind.Object } found when found.TryGetProperty(name, out var entry) => entry,
        { ValueKind: JsonValueKind.Array } found when place < found.GetArrayLength() => found[place],
        _ => null,
    };

    /// <summary>The elements of a list, which may have been written as a map; null when it is neither.</summary>
    public static IEnumerable<JsonElement>? Items(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray(),
        JsonValueKind.Object => element.EnumerateObject().Select(static property => property.Value),
        _ => null,
    };

    /// <summary>A text, or a number as its text; null for anything else.</summary>
    public static string? Text(this JsonElement? element)
    {
        if (element is not { } found)
        {
            return null;
        }

        var reader = found.Reader();
        return reader.ReadText();
    }

    /// <summary>A whole number, or a text of nothing but its digits; null for anything else.</summary>
    public static long? Integer(this JsonElement? element)
    {
        if (element is not { } found)
        {
            return null;
        }

        var reader = found.Reader();
        return reader.ReadInteger();
    }

    /// <summary>A finite number that is not negative, or a text of one; null for anything else.</summary>
    public static double? Amount(this JsonElement? element)
    {
        const NumberStyles Plain = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(element.Text(), Plain, CultureInfo.InvariantCulture, out var amount) && double.IsFinite(amount)
            ? amount
            : null;
    }
}
