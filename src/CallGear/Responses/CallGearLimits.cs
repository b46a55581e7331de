namespace OrleansSync.CallGear.Responses;

/// <summary>The account's points as an answer tells them: each successful call costs one. A member not answered is null.</summary>
public sealed record CallGearLimits
{
    /// <summary>Points a day.</summary>
    public long? DayLimit { get; init; }

    /// <summary>Points left today.</summary>
    public long? DayRemaining { get; init; }

    /// <summary>Time until the day's points are given anew.</summary>
    public TimeSpan? DayReset { get; init; }

    /// <summary>Points a minute.</summary>
    public long? MinuteLimit { get; init; }

    /// <summary>Points left this minute.</summary>
    public long? MinuteRemaining { get; init; }

    /// <summary>Time until the minute's points are given anew.</summary>
    public TimeSpan? MinuteReset { get; init; }
}
