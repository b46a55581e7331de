using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace OrleansSync.Vendors.Http;

/// <summary>Goes through the members of an object that a reader is at the start of.</summary>
/// <param name="names">The members that are read, 32 at most.</param>
public struct JsonMembers(MemberNames names)
{
    private uint _seen;

    /// <summary>Moves the reader to the value of the next member, or to the end of the object.</summary>
    /// <param name="reader">The reader, at the object's start or at the last token of a member's value.</param>
    /// <param name="name">The member's name; empty for one that is not read.</param>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="JsonException">
    /// One that is read is named twice, so that it cannot be told which of the two is meant; or it is no JSON.
    /// </exception>
    public bool Next(ref Utf8JsonReader reader, [NotNullWhen(true)] out string? name)
    {
        name = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
        {
            return false;
        }

        var place = names.PlaceOf(ref reader);
        name = place < 0 ? "" : names[place];
        var bit = place < 0 ? 0u : 1u << place;
        _seen = (_seen & bit) == 0 ? _seen | bit : throw new JsonException($"The member {name} is named twice.");
        return reader.Read();
    }
}
