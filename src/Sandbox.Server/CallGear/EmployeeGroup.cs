using System.Text.Json.Serialization;

namespace OrleansSync.Sandbox.CallGear;

/// <summary>A group of employees, by the vendor's names.</summary>
public sealed record EmployeeGroup
{
    /// <summary>The vendor's id.</summary>
    [JsonPropertyName("id")]
    public long Id { get; init; }

    /// <summary>Name.</summary>
    [JsonPropertyName("name")]
    public string Name { get; init; } = "";

    /// <summary>Ids of the members in the order in which they were given.</summary>
    [JsonPropertyName("members")]
    public IReadOnlyList<long> Members { get; init; } = [];

    /// <summary>Internal number of the group or null.</summary>
    [JsonPropertyName("group_phone_number")]
    public string? GroupPhoneNumber { get; init; }

    /// <summary>Whether calls queue.</summary>
    [JsonPropertyName("queue_enabled")]
    public bool QueueEnabled { get; init; }

    /// <summary>Calls at a time.</summary>
    [JsonPropertyName("channels_count")]
    public int ChannelsCount { get; init; } = 1;
}
