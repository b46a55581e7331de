namespace OrleansSync.Grains.Connections;

/// <summary>How patient calls of the vendors are and how many are sent at a time.</summary>
public sealed class ConnectionOptions
{
    /// <summary>
    /// For how long after its first failure a read is repeated. Default 25 seconds: R8.11 asks for 20 at least, and the last wait between
    /// two tries must not eat into them.
    /// </summary>
    public TimeSpan RepeatWindow { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>
    /// Time that all repeated reads of one run may take at one vendor; then a read fails with its first failure. Default 1 minute: R8.11
    /// grants a run 2, and it calls two vendors.
    /// </summary>
    public TimeSpan RepeatAllowance { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Wait before a read's first repetition, doubled with each further one. Default 500 milliseconds: a restarted front end is back within
    /// seconds.
    /// </summary>
    public TimeSpan FirstDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Longest wait between two tries. Default 4 seconds, so that a vendor that is back is found within R8.11's 20 seconds.
    /// </summary>
    public TimeSpan LongestDelay { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>Time that one run may wait for the vendors' limits, both together. Default 10 minutes (R8.11).</summary>
    public TimeSpan LimitAllowance { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Time that one call by hand may wait for a vendor's limits. Default 30 seconds: somebody holds a request open for it, and nothing is
    /// lost if it is told to come later.
    /// </summary>
    public TimeSpan LimitAllowanceByHand { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a list that changed while it was read is read in all. Default 3 (R8.10).</summary>
    public int ListReadings { get; set; } = 3;

    /// <summary>
    /// Most requests under way to CallGear for one account. Default 8: at some 200 milliseconds an answer this makes 40 requests a second,
    /// more than the vendor's points last for, and an account cannot take all connections of its silo.
    /// </summary>
    public int MaxConcurrentCalls { get; set; } = 8;

    /// <summary>
    /// Requests that may reach one portal at once. Default 40: the vendor's bucket holds 50, and requests that were let through evenly may
    /// arrive in bunches when the network holds some of them up.
    /// </summary>
    public int PortalCapacity { get; set; } = 40;

    /// <summary>
    /// Requests a second that one portal gets in the long run. Default 1.9: the vendor's bucket leaks 2, and clocks that run a little apart
    /// must not fill it over hours.
    /// </summary>
    public double PortalRequestsPerSecond { get; set; } = 1.9;

    /// <summary>
    /// Requests that a portal's new throttle counts as sent already. Default 38: nothing is kept of the throttle before it, which may have
    /// let <see cref="PortalCapacity"/> requests through a moment ago. The two that are left let an ordinary run begin without a wait, and
    /// even five throttles that end shortly after each other stay within the vendor's 50.
    /// </summary>
    public int PortalInitialLevel { get; set; } = 38;

    /// <summary>
    /// Execution time of a method within 10 minutes, in seconds, from which on a portal is left alone until some of it is given back.
    /// Default 400 of the vendor's 480: the largest batch must still fit.
    /// </summary>
    public double PortalOperatingSeconds { get; set; } = 400;

    /// <summary>Whether the settings fit together.</summary>
    internal bool IsValid =>
        RepeatWindow > TimeSpan.Zero && RepeatAllowance >= TimeSpan.Zero && LimitAllowance >= TimeSpan.Zero
        && LimitAllowanceByHand >= TimeSpan.Zero
        && FirstDelay > TimeSpan.Zero && LongestDelay >= FirstDelay
        && ListReadings >= 1 && MaxConcurrentCalls >= 1
        && PortalCapacity >= 1 && PortalRequestsPerSecond > 0 && PortalInitialLevel >= 0 && PortalInitialLevel < PortalCapacity
        && PortalOperatingSeconds > 0;
}
