using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrleansSync.Sandbox.Bitrix24;

/// <summary>What one <c>user.get</c> answers.</summary>
/// <param name="Users">The users of the page.</param>
/// <param name="Select">Fields to answer; null: all.</param>
/// <param name="Total">Users that match; null when counting is off.</param>
/// <param name="Next">Start of the next page; null on the last one.</param>
internal sealed record UserPage(IReadOnlyList<BitrixUser> Users, FrozenSet<string>? Select, int? Total, int? Next)
{
    /// <summary>Whether e-mail addresses and phone numbers are left out, as for a key with few rights.</summary>
    public bool HidesContacts { get; init; }

    /// <summary>Whether fields without a value are answered as null, and not left out.</summary>
    public bool AnswersNulls { get; init; }

    /// <summary>Writes the users as a JSON array.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (var user in Users)
        {
            user.Write(writer, IsVisible, AnswersNulls);
        }

        writer.WriteEndArray();
    }

    /// <summary>What <c>$result[command][index][field]</c> refers to: null when there is no such user or field.</summary>
    public JsonNode? Resolve(ReadOnlySpan<string> path)
    {
        if (path.Length == 0
            || !int.TryParse(path[0], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            || index >= Users.Count)
        {
            return null;
        }

        return path.Length == 2 && IsVisible(path[1]) && Users[index].TryGet(path[1], out var value) ? value?.DeepClone() : null;
    }

    private bool IsVisible(string field) =>
        (Select is null || Select.Contains(field)) && !(HidesContacts && UserFields.Contacts.Contains(field));
}
