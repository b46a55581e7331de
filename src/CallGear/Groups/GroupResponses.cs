using System.Text.Json;
using OrleansSync.CallGear.Responses;

namespace OrleansSync.CallGear.Groups;

/// <summary>Reads the results of the groups' methods; a wrong shape is a <see cref="ShapeException"/>.</summary>
internal static class GroupResponses
{
    public static readonly string[] Fields = ["id", "name", "channels_count", "members"];

    public static readonly string[] FieldsWithoutLines = ["id", "name", "members"];

    public static CallGearGroup? ReadOne(JsonElement result, long id)
    {
        if (result.Member("data"u8) is not { ValueKind: JsonValueKind.Array } data)
        {
            throw new ShapeException("it has no list of groups");
        }

        var groups = data.EnumerateArray().Select(ReadGroup).ToList();
        return groups.Count > 1 || groups.Exists(group => group.Id != id)
            ? throw new ShapeException($"it has other groups than group {id}, which was asked for")
            : groups.SingleOrDefault();
    }

    private static CallGearGroup ReadGroup(JsonElement group) => new()
    {
        Id = group.Id("id"u8),
        Name = group.Text("name"u8) ?? throw new ShapeException("a group has no name"),
        ChannelsCount = group.Integer("channels_count"u8) is >= 0 and <= int.MaxValue and var channels ? (int)channels : null,
        MemberIds = [.. group.List("members"u8).Select(static member => member.Id("employee_id"u8))],
    };
}
