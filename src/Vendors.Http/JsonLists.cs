using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace OrleansSync.Vendors.Http;

/// <summary>Reads an item of a list; the reader is at its first token, and is left at its last.</summary>
/// <typeparam name="T">What it is read as.</typeparam>
/// <param name="reader">The reader.</param>
public delegate T JsonItemReader<out T>(ref Utf8JsonReader reader);

/// <summary>
/// The long lists of a body, whose items are read straight from its bytes. What is left of the body is short, and is read as a document:
/// a document of everything costs more than the records that are made of it.
/// </summary>
/// <typeparam name="T">What an item is read as.</typeparam>
/// <param name="path">The names of the objects, from the outermost on, whose last has the lists as its members.</param>
/// <param name="name">The member that is the list; null where all lists in that object are meant.</param>
/// <param name="read">Reads an item.</param>
public sealed class JsonLists<T>(IReadOnlyList<string> path, string? name, JsonItemReader<T> read)
{
    private readonly Dictionary<string, List<T>> _lists = new(StringComparer.Ordinal);

    /// <summary>The list that a member was; null where it was none, and so is in what was left.</summary>
    public IReadOnlyList<T>? Of(string member) => _lists.GetValueOrDefault(member);

    /// <summary>Takes the lists out of a body.</summary>
    /// <param name="body">The body.</param>
    /// <returns>The body with an empty list in the place of each; still to be read, as nothing is said of it but where lists are.</returns>
    /// <exception cref="JsonException">It is no JSON up to the end of its last list, or not UTF-8.</exception>
    public ReadOnlyMemory<byte> TakeFrom(ReadOnlyMemory<byte> body)
    {
        if (!Utf8.IsValid(body.Span))
        {
            throw new JsonException("Not UTF-8.");
        }

        var reader = new Utf8JsonReader(body.Span);
        var rest = new Rest(body);
        if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            Search(ref reader, level: 0, rest);
        }

        return rest.End();
    }

    private void Search(ref Utf8JsonReader reader, int level, Rest rest)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isInside = level == path.Count;
            var member = reader.GetString()!;
            var isMeant = (isInside ? name : path[level]) is not { } only || only == member;
            reader.Read();
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject when isMeant && !isInside:
                    Search(ref reader, level + 1, rest);
                    break;
                case JsonTokenType.StartArray when isMeant && isInside:
                    var start = (int)reader.TokenStartIndex;
                    _lists[member] = ReadItems(ref reader);
                    rest.LeaveOut(start, (int)reader.BytesConsumed);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    private List<T> ReadItems(ref Utf8JsonReader reader)
    {
        var items = new List<T>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(read(ref reader));
        }

        return items;
    }

    private sealed class Rest(ReadOnlyMemory<byte> body)
    {
        private readonly ArrayBufferWriter<byte> _kept = new();
        private int _done;

        public void LeaveOut(int start, int end)
        {
            _kept.Write(body.Span[_done..start]);
            _kept.Write("[]"u8);
            _done = end;
        }

        public ReadOnlyMemory<byte> End()
        {
            _kept.Write(body.Span[_done..]);
            return _kept.WrittenMemory;
        }
    }
}
