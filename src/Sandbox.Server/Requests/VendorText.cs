using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OrleansSync.Sandbox.Requests;

/// <summary>Texts as vendors send them: also with halves of surrogate pairs, which .NET's reader refuses and its writer replaces.</summary>
internal static partial class VendorText
{
    /// <summary>Writes a text; a half of a surrogate pair as its escape, such as <c>\ud83d</c>.</summary>
    public static void Write(Utf8JsonWriter writer, string? text)
    {
        if (text is null || !Halves().IsMatch(text))
        {
            writer.WriteStringValue(text);
            return;
        }

        var whole = Halves().Split(text).Select(part => JsonEncodedText.Encode(part).ToString());
        var halves = Halves().Matches(text).Select(half => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)half.Value[0]:x4}"));
        var json = new StringBuilder("\"").AppendJoin("", whole.Zip(halves.Append(""), (part, half) => part + half)).Append('"');
        writer.WriteRawValue(json.ToString(), skipInputValidation: true);
    }

    /// <summary>A value of JSON in which a text is one of .NET, with the halves it has.</summary>
    public static JsonNode? Held(JsonNode? value) => value is JsonValue text
        && text.TryGetValue<JsonElement>(out var element)
        && element.ValueKind == JsonValueKind.String
            ? JsonValue.Create(Unescaped(element))
            : value;

    private static string Unescaped(JsonElement element) => Escapes().Replace(element.GetRawText()[1..^1], Unescaped);

    private static string Unescaped(Match escape) => escape.Value[1] switch
    {
        'u' => ((char)int.Parse(escape.ValueSpan[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)).ToString(),
        'b' => "\b",
        'f' => "\f",
        'n' => "\n",
        'r' => "\r",
        't' => "\t",
        var other => other.ToString(),
    };

    [GeneratedRegex(@"[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]")]
    private static partial Regex Halves();

    [GeneratedRegex(@"\\(?:u[\da-fA-F]{4}|.)")]
    private static partial Regex Escapes();
}
