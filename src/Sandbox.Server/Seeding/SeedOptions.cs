namespace OrleansSync.Sandbox.Seeding;

/// <summary>What generated data shall look like. The same options give the same data, on every machine.</summary>
public sealed record SeedOptions
{
    /// <summary>Users of the portal, 0 to 1,000,000; special cases come on top.</summary>
    public int Users { get; init; } = 100;

    /// <summary>Employees of the account, 0 to 1,000,000; special cases come on top.</summary>
    public int Employees { get; init; }

    /// <summary>Number that everything random is derived from.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// Of the employees, how many per cent have the e-mail address of a user, and so are linked rather than created (R3.2).
    /// </summary>
    public int SharedEmailPercent { get; init; } = 50;

    /// <summary>Whether each case that the rules name is added once.</summary>
    public bool SpecialCases { get; init; }
}
