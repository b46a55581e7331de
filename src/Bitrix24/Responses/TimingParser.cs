using System.Text.Json;

namespace OrleansSync.Bitrix24.Responses;

internal static class TimingParser
{
    private static readonly long _latestUnixSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>Reads a <c>time</c> object; null when it says nothing of the execution time.</summary>
    public static Bitrix24Timing? Read(JsonElement? time)
    {
        var seconds = time?.Member("operating"u8).Amount();
        var resetAt = time?.Member("operating_reset_at"u8).Amount();
        return (seconds, resetAt) == (null, null)
            ? null
            : new Bitrix24Timing(
                seconds ?? 0,
                resetAt is { } second && second <= _latestUnixSecond ? DateTimeOffset.FromUnixTimeSeconds((long)second) : null);
    }

    /// <summary>The one with more execution time, as that is the nearer to the limit.</summary>
    public static Bitrix24Timing? Highest(Bitrix24Timing? one, Bitrix24Timing? other) =>
        one is null || other?.OperatingSeconds > one.OperatingSeconds ? other ?? one : one;
}
