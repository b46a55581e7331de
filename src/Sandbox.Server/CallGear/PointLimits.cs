using System.Text.Json;

namespace OrleansSync.Sandbox.CallGear;

/// <summary>
/// An account's points: one for each successful request, by the minute and by the day (UTC). Used under the account's lock.
/// </summary>
internal sealed class PointLimits(TimeProvider time)
{
    private const int SecondsAMinute = 60;
    private const int SecondsADay = 86_400;
    private (long Window, int Used) _minute;
    private (long Window, int Used) _day;

    /// <summary>Whether one more request may be carried out.</summary>
    public bool IsExceeded(AccountSettings settings)
    {
        Roll();
        return _minute.Used >= settings.MinuteLimit || _day.Used >= settings.DayLimit;
    }

    public void CountSuccess()
    {
        Roll();
        _minute.Used++;
        _day.Used++;
    }

    /// <summary>Writes <c>limits</c> where a limit applies.</summary>
    public void Write(Utf8JsonWriter writer, AccountSettings settings)
    {
        if (settings.MinuteLimit is null && settings.DayLimit is null)
        {
            return;
        }

        Roll();
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        writer.WriteStartObject("limits");
        Write(writer, "day", settings.DayLimit, _day.Used, SecondsADay - (now % SecondsADay));
        Write(writer, "minute", settings.MinuteLimit, _minute.Used, SecondsAMinute - (now % SecondsAMinute));
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string window, int? limit, int used, long reset)
    {
        if (limit is { } points)
        {
            writer.WriteNumber(window + "_limit", points);
            writer.WriteNumber(window + "_remaining", Math.Max(0, points - used));
            writer.WriteNumber(window + "_reset", reset);
        }
    }

    private void Roll()
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        _minute = _minute.Window == now / SecondsAMinute ? _minute : (now / SecondsAMinute, 0);
        _day = _day.Window == now / SecondsADay ? _day : (now / SecondsADay, 0);
    }
}
