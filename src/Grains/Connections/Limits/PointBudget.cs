using OrleansSync.CallGear.Responses;
using OrleansSync.Grains.Admission;

namespace OrleansSync.Grains.Connections.Limits;

/// <summary>How a request that held a point ended.</summary>
internal enum PointUse
{
    /// <summary>It succeeded and cost its point.</summary>
    Spent,

    /// <summary>It was refused or never arrived: only successful requests are counted.</summary>
    Kept,

    /// <summary>Nobody knows.</summary>
    Unsure,
}

/// <summary>
/// CallGear's points of one account by the minute and by the day, as far as answers told them. A point is held before a request is sent, so
/// that requests that are under way together never use more than there are. Source: the vendor's page on limits of the Data API.
/// </summary>
internal sealed class PointBudget(TimeProvider time) : ILimit
{
    private readonly long _start = time.GetTimestamp();
    private readonly PointWindow _minute = new(TimeSpan.FromMinutes(1));
    private readonly PointWindow _day = new(TimeSpan.FromDays(1));
    private TimeSpan _blockedUntil;
    private int _inFlight;

    /// <summary>How many points a minute has; null until an answer told it.</summary>
    public long? PerMinute => _minute.Limit;

    private TimeSpan Now => time.GetElapsedTime(_start);

    /// <inheritdoc />
    public TimeSpan UntilPermit(int ahead)
    {
        var now = Now;
        var minute = _minute.UntilPoint(ahead, _inFlight, now);
        var day = _day.UntilPoint(ahead, _inFlight, now);
        var wait = minute > day ? minute : day;
        return _blockedUntil - now > wait ? _blockedUntil - now : wait;
    }

    /// <inheritdoc />
    public bool TryTake(bool urgent)
    {
        if (UntilPermit(0) > TimeSpan.Zero)
        {
            return false;
        }

        _inFlight++;
        return true;
    }

    /// <summary>Takes note of how a request ended.</summary>
    public void Settle(PointUse use, CallGearLimits? told, TimeSpan took)
    {
        _inFlight--;
        Settle(_minute, use, told?.MinuteLimit, told?.MinuteRemaining, told?.MinuteReset, took);
        Settle(_day, use, told?.DayLimit, told?.DayRemaining, told?.DayReset, took);
    }

    /// <summary>Takes note that CallGear refuses requests for a time.</summary>
    /// <param name="duration">How long, as the vendor says.</param>
    public void Block(TimeSpan duration)
    {
        // A second more: told in whole seconds, rounded down, and never nothing, so that a refusal is not answered with the next request at
        // once.
        var until = Now + duration + TimeSpan.FromSeconds(1);
        _blockedUntil = until > _blockedUntil ? until : _blockedUntil;
    }

    private void Settle(PointWindow window, PointUse use, long? limit, long? remaining, TimeSpan? reset, TimeSpan took)
    {
        if (remaining is { } left && reset is { } after)
        {
            window.Tell(limit, left, after, took, Now);
        }
        else if (use != PointUse.Kept)
        {
            window.AddUnsure();
        }
    }
}
