using System.Text.Json;

namespace OrleansSync.Sandbox.Bitrix24;

/// <summary>The <c>time</c> that every answer carries.</summary>
internal readonly record struct CallTime(DateTimeOffset Start, DateTimeOffset Finish, double Operating, long OperatingResetAt)
{
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("start", Seconds(Start));
        writer.WriteNumber("finish", Seconds(Finish));
        writer.WriteNumber("duration", (Finish - Start).TotalSeconds);
        writer.WriteNumber("processing", (Finish - Start).TotalSeconds);
        writer.WriteString("date_start", Start);
        writer.WriteString("date_finish", Finish);
        writer.WriteNumber("operating_reset_at", OperatingResetAt);
        writer.WriteNumber("operating", Math.Round(Operating, 6));
        writer.WriteEndObject();
    }

    private static double Seconds(DateTimeOffset at) => at.ToUnixTimeMilliseconds() / 1000.0;
}
