using System.Text;
using System.Text.Json;

namespace OrleansSync.Vendors.Http;

/// <summary>The names of the members that are read of an object; others are passed over.</summary>
/// <param name="names">The names.</param>
public sealed class MemberNames(params IReadOnlyList<string> names)
{
    private readonly byte[][] _written = [.. names.Select(Encoding.UTF8.GetBytes)];

    /// <summary>The name at a place.</summary>
    internal string this[int place] => names[place];

    /// <summary>The place of the name that a reader is at; -1 for none of them.</summary>
    internal int PlaceOf(ref Utf8JsonReader reader)
    {
        var written = reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan;
        for (var place = 0; place < _written.Length; place++)
        {
            if (written.SequenceEqual(_written[place]))
            {
                return place;
            }
        }

        return -1;
    }
}
