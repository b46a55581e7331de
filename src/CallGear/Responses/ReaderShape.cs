using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OrleansSync.CallGear.Responses;

/// <summary>Reads members as <see cref="JsonShape"/> does, from the bytes of an answer.</summary>
internal static class ReaderShape
{
    /// <summary>A text, or a number as its text; null when it is null.</summary>
    public static string? Text(this ref Utf8JsonReader reader, string name) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.String => JsonText.Of(ref reader),
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
        _ => throw new ShapeException($"its {name} is not a text"),
    };

    /// <summary>A whole number or a text of one; null when it is null.</summary>
    public static long? Integer(this ref Utf8JsonReader reader, string name) => reader.TokenType == JsonTokenType.Null
        ? null
        : reader.Integer() ?? throw new ShapeException($"its {name} is not a whole number");

    /// <summary>A whole number or a text of one; null for anything else.</summary>
    public static long? Integer(this ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Number when reader.TryGetInt64(out var number) => number,
        JsonTokenType.String when long.TryParse(
            JsonText.Of(ref reader), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };
}
