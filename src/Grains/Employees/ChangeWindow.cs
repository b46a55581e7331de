namespace OrleansSync.Grains.Employees;

/// <summary>
/// The times that keep a change of CallGear from being made twice, or on the strength of what was read too long ago. They hold across
/// silos, so clocks may run a few seconds apart, not more.
/// </summary>
internal static class ChangeWindow
{
    /// <summary>
    /// How long after a create was announced, or an employee was read, the change may still be sent. A process that was frozen, or a
    /// request that waited for the vendor's limits, has missed it and must look anew. Default: 5 seconds, many times what lies between the
    /// two steps on a busy silo.
    /// </summary>
    public static readonly TimeSpan SendWithin = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long after its announcement a create whose process died may still appear at CallGear: the time to send it and 25 seconds of work
    /// on it.
    /// </summary>
    public static readonly TimeSpan OpenAfterAnnouncement = SendWithin + TimeSpan.FromSeconds(25);

    /// <summary>
    /// How long a create may still appear at CallGear after its answer was given up waiting for: such a vendor is slow, so it gets longer.
    /// The next run waits for it, and R8.11 lets a run wait 2 minutes for what passes.
    /// </summary>
    public static readonly TimeSpan OpenAfterTimeout = TimeSpan.FromMinutes(2);
}
