namespace OrleansSync.Grains.Portals;

/// <summary>R8.9: how long scheduled calls wait after credentials were rejected.</summary>
/// <param name="Rejections">How often in a row they were.</param>
/// <param name="Until">Scheduled runs wait until then.</param>
internal sealed record Suspension(int Rejections, DateTimeOffset Until)
{
    private static readonly TimeSpan[] _waits =
        [TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12), TimeSpan.FromHours(24)];

    /// <summary>The suspension after one more rejection.</summary>
    public static Suspension After(Suspension? before, DateTimeOffset now)
    {
        var rejections = (before?.Rejections ?? 0) + 1;
        return new Suspension(rejections, now + _waits[Math.Min(rejections, _waits.Length) - 1]);
    }
}
