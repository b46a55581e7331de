using System.Text.Json.Serialization;

namespace OrleansSync.Sandbox.CallGear;

/// <summary>One number of an employee.</summary>
/// <param name="PhoneId">The vendor's id of the number, unique in the account; 0 in input: the next free one.</param>
/// <param name="Number">Digits.</param>
/// <param name="ChannelsCount">Calls at a time.</param>
/// <param name="DialTime">Seconds that it is rung.</param>
/// <param name="Status"><c>active</c> or <c>inactive</c>.</param>
public sealed record PhoneNumber(
    [property: JsonPropertyName("phone_id")] long PhoneId,
    [property: JsonPropertyName("phone_number")] string Number,
    [property: JsonPropertyName("channels_count")] int ChannelsCount = 1,
    [property: JsonPropertyName("dial_time")] int DialTime = 60,
    [property: JsonPropertyName("status")] string Status = "active");
