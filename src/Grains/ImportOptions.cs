namespace OrleansSync.Grains;

/// <summary>How imports are scheduled and bounded.</summary>
public sealed class ImportOptions
{
    /// <summary>
    /// R1.1: the time between two scheduled imports of an account. Default: 30 minutes; at least 1 minute, which is the shortest period of
    /// a reminder.
    /// </summary>
    public TimeSpan Period { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// Runs at a time per silo. Default: 16; each holds two whole lists in memory, so that this bounds a silo's memory.
    /// </summary>
    public int RunsPerSilo { get; set; } = 16;

    /// <summary>
    /// Scheduled runs at a time when a silo has just started or its database has just come back. Default: 2; with every account due at once
    /// more would read rosters that are not in memory, and meet vendors, all at the same moment. Each run that ends lets one more begin, up
    /// to <see cref="RunsPerSilo"/>.
    /// </summary>
    public int RunsAtStart { get; set; } = 2;

    /// <summary>
    /// After which time one more scheduled run may be under way even if none ended. Default: 10 seconds; then runs that take long hold a
    /// start up for two minutes at most.
    /// </summary>
    public TimeSpan RampInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Runs per silo that may wait for a vendor's limits beside <see cref="RunsPerSilo"/>, instead of keeping their places. Default: 32;
    /// their lists stay in memory.
    /// </summary>
    public int RunsAside { get; set; } = 32;

    /// <summary>
    /// Scheduled runs that wait for their place per silo. Default: 500; each keeps its account's users in memory. Of further accounts that
    /// are due only the ids are kept.
    /// </summary>
    public int ScheduledRunsWaiting { get; set; } = 500;

    /// <summary>
    /// Users at a time per run. Default: 8; CallGear answers one account's requests one after the other for the most part, and every user
    /// at a time may hold a database connection.
    /// </summary>
    public int UsersPerRun { get; set; } = 8;

    /// <summary>Finished runs that an account remembers at least. Default: 100, which is two days of scheduled runs.</summary>
    public int RunsKept { get; set; } = 100;

    /// <summary>
    /// Runs that may wait for their turn per account. Default: 20; only dry runs, runs for one user and approvals add up, since all others
    /// share one (R1.4).
    /// </summary>
    public int QueuedRuns { get; set; } = 20;
}
