namespace OrleansSync.Sandbox.Seeding;

/// <summary>The data of the demo.</summary>
public static class DemoSeed
{
    /// <summary>Name of the demo's portal and account.</summary>
    public const string Name = "acme";

    /// <summary>Makes the data.</summary>
    public static SeedData Create() => SeedGenerator.Create(new SeedOptions { Users = 60, Employees = 25, SpecialCases = true });
}
