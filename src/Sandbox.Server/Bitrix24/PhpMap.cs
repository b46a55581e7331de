using System.Globalization;
using System.Text.Json;

namespace OrleansSync.Sandbox.Bitrix24;

/// <summary>Writes a map as PHP encodes it: empty as <c>[]</c>, with the keys 0…n-1 as an array, otherwise as an object.</summary>
internal static class PhpMap
{
    public static void Write<T>(
        Utf8JsonWriter writer, string name, IReadOnlyList<KeyValuePair<string, T>> entries, Action<Utf8JsonWriter, T> write)
    {
        writer.WritePropertyName(name);
        var isList = entries.Index().All(e => e.Item.Key == e.Index.ToString(CultureInfo.InvariantCulture));
        if (isList)
        {
            writer.WriteStartArray();
        }
        else
        {
            writer.WriteStartObject();
        }

        foreach (var (key, value) in entries)
        {
            if (!isList)
            {
                writer.WritePropertyName(key);
            }

            write(writer, value);
        }

        if (isList)
        {
            writer.WriteEndArray();
        }
        else
        {
            writer.WriteEndObject();
        }
    }
}
