using System.Text.Json;

namespace OrleansSync.CallGear.Responses;

internal static class LimitsParser
{
    // The longest that a limit can last; a longer wait can only be a mistake.
    private const long SecondsOfDay = 24 * 60 * 60;

    /// <summary>How long to wait when an exceeded limit does not say: the shorter of the vendor's limits is that of a minute.</summary>
    public static readonly TimeSpan DefaultWait = TimeSpan.FromMinutes(1);

    /// <summary>Reads a <c>metadata</c> object; null when no limit applies.</summary>
    public static CallGearLimits? Read(JsonElement? metadata) =>
        metadata?.Member("limits"u8) is not { ValueKind: JsonValueKind.Object } limits
            ? null
            : new CallGearLimits
            {
                DayLimit = JsonShape.Integer(limits.Member("day_limit"u8)),
                DayRemaining = JsonShape.Integer(limits.Member("day_remaining"u8)),
                DayReset = Seconds(limits.Member("day_reset"u8)),
                MinuteLimit = JsonShape.Integer(limits.Member("minute_limit"u8)),
                MinuteRemaining = JsonShape.Integer(limits.Member("minute_remaining"u8)),
                MinuteReset = Seconds(limits.Member("minute_reset"u8)),
            };

    /// <summary>How long an exceeded limit lasts: the longer of those that have nothing left.</summary>
    public static TimeSpan Wait(CallGearLimits? limits)
    {
        var day = limits?.DayRemaining <= 0 ? limits.DayReset : null;
        var minute = limits?.MinuteRemaining <= 0 ? limits.MinuteReset : null;
        return (day, minute) switch
        {
            ({ } both, { } other) => both > other ? both : other,
            ({ } one, null) => one,
            (null, { } one) => one,
            _ => DefaultWait,
        };
    }

    private static TimeSpan? Seconds(JsonElement? element) =>
        JsonShape.Integer(element) is { } seconds ? TimeSpan.FromSeconds(Math.Clamp(seconds, 0, SecondsOfDay)) : null;
}
