using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansSync.Api.Bodies;

/// <summary>
/// Reads and writes an enum as its camelCase name, letter by letter as it is written here. The serializer's own converter takes names in
/// any case.
/// </summary>
internal sealed class CamelCaseEnum<T> : JsonConverter<T>
    where T : struct, Enum
{
    /// <summary>The names, in the order of their values.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    public static string NameOf(T value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>The value of a name; null when there is none.</summary>
    public static T? Find(string? name) =>
        name is not null && Names.Contains(name, StringComparer.Ordinal) ? Enum.Parse<T>(name, ignoreCase: true) : null;

    /// <inheritdoc />
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? Find(reader.GetString()) ?? throw new JsonException() : throw new JsonException();

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(NameOf(value));
}
