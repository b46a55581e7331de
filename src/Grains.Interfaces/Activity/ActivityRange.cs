namespace OrleansSync.Grains.Interfaces.Activity;

/// <summary>How far back the activity of all accounts is looked at.</summary>
[GenerateSerializer, Alias("ActivityRange")]
public enum ActivityRange
{
    /// <summary>The last hour, by minutes.</summary>
    Hour,

    /// <summary>The last 24 hours, by quarters of an hour.</summary>
    Day,

    /// <summary>The last seven days, by two hours.</summary>
    Week,
}

/// <summary>A stretch of time in equal parts. Each begins with its first moment and ends before that of the next.</summary>
/// <param name="From">Where it begins; a whole second.</param>
/// <param name="Width">How long a part is; whole seconds.</param>
/// <param name="Count">How many parts there are.</param>
[GenerateSerializer, Immutable, Alias("ActivitySpan")]
public sealed record ActivitySpan(
    [property: Id(0)] DateTimeOffset From, [property: Id(1)] TimeSpan Width, [property: Id(2)] int Count)
{
    /// <summary>Where it ends; this moment is no part of it.</summary>
    public DateTimeOffset Until => StartOf(Count);

    /// <summary>The stretch of a range. It ends with the last full minute, so that every part is whole.</summary>
    /// <param name="range">How far back it goes.</param>
    /// <param name="now">The present.</param>
    public static ActivitySpan Of(ActivityRange range, DateTimeOffset now)
    {
        var (width, count) = range switch
        {
            ActivityRange.Hour => (TimeSpan.FromMinutes(1), 60),
            ActivityRange.Day => (TimeSpan.FromMinutes(15), 96),
            _ => (TimeSpan.FromHours(2), 84),
        };
        var until = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        return new ActivitySpan(until - (width * count), width, count);
    }

    /// <summary>Where a part begins.</summary>
    /// <param name="part">Its place, from 0.</param>
    public DateTimeOffset StartOf(int part) => From + (Width * part);
}
