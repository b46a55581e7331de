using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OrleansSync.Vendors.Http;

/// <summary>Reads the texts of a vendor's JSON.</summary>
public static partial class JsonText
{
    private const char Replacement = '\uFFFD';

    /// <summary>
    /// The text of a string. U+0000 and halves of surrogate pairs that stand alone, which no database takes, are U+FFFD: the reader refuses
    /// such an escape, and one person's name must not make a whole list unreadable (R8.5).
    /// </summary>
    /// <param name="reader">A reader at a string, of bytes that are in one piece.</param>
    /// <exception cref="InvalidOperationException">It is at no string.</exception>
    public static string Of(ref Utf8JsonReader reader)
    {
        try
        {
            return WithoutNulls(reader.GetString()!);
        }
        catch (InvalidOperationException) when (reader.TokenType == JsonTokenType.String)
        {
            return Repaired($"\"{Encoding.UTF8.GetString(reader.ValueSpan)}\"");
        }
    }

    /// <inheritdoc cref="Of(ref Utf8JsonReader)" />
    /// <param name="text">A string.</param>
    public static string Of(JsonElement text)
    {
        var reader = text.Reader();
        return Of(ref reader);
    }

    private static string WithoutNulls(string text) => text.Replace('\0', Replacement);

    private static string Repaired(string raw)
    {
        var escapes = Escapes().Replace(raw, static match => match.Groups["half"].Success ? @"\uFFFD" : match.Value);
        using var repaired = JsonDocument.Parse(escapes);
        return WithoutNulls(repaired.RootElement.GetString()!);
    }

    // Every escape is matched, so that the u after an escaped backslash is not taken for one.
    [GeneratedRegex(@"\\u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|(?<half>\\u[dD][89a-fA-F][\da-fA-F]{2})|\\.")]
    private static partial Regex Escapes();
}
