namespace OrleansSync.Sandbox.Requests;

/// <summary>How long an answer takes, and what the vendor's front end makes of it.</summary>
/// <param name="Seconds">How long it takes.</param>
/// <param name="AllowedSeconds">When the front end gives up; null: never.</param>
/// <param name="Drops">Whether the front end ends the connection then, instead of answering with 504.</param>
internal readonly record struct ResponseTiming(double Seconds, double? AllowedSeconds, bool Drops = false)
{
    /// <summary>Whether the front end gives up first.</summary>
    public bool IsTooLate => Seconds > AllowedSeconds;

    /// <summary>When the client is answered.</summary>
    public TimeSpan Wait => TimeSpan.FromSeconds(IsTooLate ? AllowedSeconds!.Value : Seconds);
}
