namespace OrleansSync.Sandbox.Seeding;

/// <summary>Users and employees for each case that the rules name.</summary>
internal static class SpecialCases
{
    public static SeedData Create(int firstUserId) => new();
}
