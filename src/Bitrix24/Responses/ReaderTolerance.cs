using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OrleansSync.Bitrix24.Responses;

/// <summary>Reads values as PHP writes them, and leaves the reader at the last token of what it was at.</summary>
internal static class ReaderTolerance
{
    /// <summary>A text, or a number as its text; null for anything else.</summary>
    public static string? ReadText(this ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return JsonText.Of(ref reader);
            case JsonTokenType.Number:
                return Encoding.UTF8.GetString(reader.ValueSpan);
            default:
                reader.Skip();
                return null;
        }
    }

    /// <summary>A whole number, or a text of nothing but its digits; null for anything else.</summary>
    public static long? ReadInteger(this ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                return reader.TryGetInt64(out var number) ? number : null;
            case JsonTokenType.String:
                var text = JsonText.Of(ref reader);
                return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var digits) ? digits : null;
            default:
                reader.Skip();
                return null;
        }
    }
}
