using System.Text.Json;

namespace OrleansSync.Sandbox.CallGear;

/// <summary><c>update.group_employees</c>. Runs under the account's lock.</summary>
internal static class GroupWrites
{
    private const int MaxName = 255;

    /// <summary>Updates a group; a list of members that is sent replaces the whole list.</summary>
    /// <exception cref="RpcException">The vendor would refuse it.</exception>
    public static void Update(CallGearAccount account, JsonElement value)
    {
        var parameters = new RpcParameters(value, "", "access_token", "user_id", "id", "name", "channels_count", "members");
        var id = parameters.RequiredNumber("id", 1, long.MaxValue);
        var name = parameters.RequiredText("name", MaxName);
        int? channels = DisabledParameters.Has(account.Settings.DisabledParameters, "update.group_employees", "channels_count")
            ? null
            : (int)parameters.RequiredNumber("channels_count", 1, 1000);
        var group = account.FindGroup(id)
            ?? throw new RpcException("entity_not_found", $"There is no group {id}", "id", value.GetProperty("id"));
        var members = parameters.Array("members")?.Select(m => parameters.NumberOf(m, "members", 1, long.MaxValue)).ToArray();
        if (members?.FirstOrDefault(m => account.FindEmployee(m) is null) is { } unknown and > 0)
        {
            throw new RpcException("entity_not_found", $"There is no employee {unknown}", "members");
        }

        if (members?.Distinct().Count() < members?.Length)
        {
            throw new RpcException("invalid_parameter_value", "A member is listed twice", "members");
        }

        account.PutGroup(group with { Name = name, ChannelsCount = channels ?? group.ChannelsCount, Members = members ?? group.Members });
    }
}
