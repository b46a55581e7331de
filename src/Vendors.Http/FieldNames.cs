using System.Text;
using System.Text.Json;

namespace OrleansSync.Vendors.Http;

/// <summary>The names of the fields that are read of an object, each with a place.</summary>
/// <param name="names">The names, in the order of their places.</param>
public sealed class FieldNames(params IReadOnlyList<string> names)
{
    private readonly byte[][] _names = [.. names.Select(Encoding.UTF8.GetBytes)];

    /// <summary>The place of the name that a reader is at; -1 for a field that is not read.</summary>
    public int PlaceOf(ref Utf8JsonReader reader)
    {
        var written = reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan;
        for (var place = 0; place < _names.Length; place++)
        {
            if (written.SequenceEqual(_names[place]))
            {
                return place;
            }
        }

        return -1;
    }
}
