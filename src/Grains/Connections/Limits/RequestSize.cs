namespace OrleansSync.Grains.Connections.Limits;

/// <summary>How much of a list a slow vendor is asked for at a time. Stored with the connection.</summary>
internal sealed record RequestSize
{
    /// <summary>What the next request may ask for.</summary>
    public int Size { get; init; }

    /// <summary>What a request asked for that was not answered in time; null when none is known.</summary>
    public int? TooMuch { get; init; }

    /// <summary>When that request was sent.</summary>
    public DateTimeOffset? TooMuchAt { get; init; }
}

/// <summary>
/// Decides how much one request of a list asks for: the least after a time-out, so that the next try succeeds if any can; then twice as
/// much with each quick answer, but never so much that it would take more than a third of the time allowed, and only half of what timed
/// out. Each day since doubles what may be tried again. A value of null stands for a vendor that was never slow and is asked for the most.
/// </summary>
/// <param name="least">The least that a request can sensibly ask for.</param>
/// <param name="most">The most that the vendor answers.</param>
/// <param name="allowed">How long a request may take.</param>
internal sealed class RequestSizing(int least, int most, TimeSpan allowed)
{
    private static readonly TimeSpan _memory = TimeSpan.FromDays(1);

    /// <summary>How much the next request may ask for.</summary>
    public int Next(RequestSize? known, DateTimeOffset now) => known is null ? most : Clamp(known.Size, known, now);

    /// <summary>What is known after an answer.</summary>
    /// <param name="known">What was known before.</param>
    /// <param name="asked">What was asked for.</param>
    /// <param name="took">How long the answer took.</param>
    /// <param name="now">The time.</param>
    public RequestSize? Answered(RequestSize? known, int asked, TimeSpan took, DateTimeOffset now)
    {
        var size = Next(known, now);
        var fits = took > TimeSpan.Zero ? (int)Math.Min(most, asked * (allowed / 3 / took)) : most;

        // A little that was quick says nothing against more, unless more would not be answered in time at that rate.
        var isSlow = took > allowed / 3 || took * ((double)size / asked) > allowed;
        var next = Clamp(isSlow ? Math.Min(size, fits) : Math.Max(size, Math.Min(fits, asked * 2)), known, now);
        var tooMuch = Ceiling(known, now) / 2 < most ? known : null;
        return next == most && tooMuch is null
            ? null
            : new RequestSize { Size = next, TooMuch = tooMuch?.TooMuch, TooMuchAt = tooMuch?.TooMuchAt };
    }

    /// <summary>What is known after a request that was not answered in time, or broke off.</summary>
    /// <param name="asked">What was asked for. When not even the least is answered, the size is not the reason.</param>
    /// <param name="now">The time.</param>
    public RequestSize TimedOut(int asked, DateTimeOffset now) => asked > least
        ? new RequestSize { Size = least, TooMuch = asked, TooMuchAt = now }
        : new RequestSize { Size = least };

    private int Clamp(int size, RequestSize? known, DateTimeOffset now) =>
        (int)Math.Clamp(Math.Min(size, Ceiling(known, now) / 2), least, most);

    private static double Ceiling(RequestSize? known, DateTimeOffset now) =>
        known is { TooMuch: { } tooMuch, TooMuchAt: { } at } && now >= at
            ? tooMuch * Math.Pow(2, Math.Floor((now - at) / _memory))
            : known?.TooMuch ?? double.PositiveInfinity;
}
