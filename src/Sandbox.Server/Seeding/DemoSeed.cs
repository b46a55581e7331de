using OrleansSync.Sandbox.CallGear;

namespace OrleansSync.Sandbox.Seeding;

/// <summary>
/// The data of the demo: a company in which every import rule has something to do, and a group for its responsible employees.
/// </summary>
public static class DemoSeed
{
    /// <summary>Name of the demo's portal and account.</summary>
    public const string Name = "acme";

    /// <summary>Group whose members follow the responsible employees (R7.3).</summary>
    public const long GroupId = 501;

    private const int MinutePoints = 600;
    private const int DayPoints = 150_000;

    /// <summary>Makes the data.</summary>
    public static SeedData Create()
    {
        var data = SeedGenerator.Create(
            new SeedOptions { Users = 14, Employees = 12, Seed = 24, SharedEmailPercent = 75, SpecialCases = true });
        return data with
        {
            Groups =
                [new EmployeeGroup { Id = GroupId, Name = "Sales", GroupPhoneNumber = "7501", QueueEnabled = true, ChannelsCount = 5 }],
            Account = data.Account with { MinuteLimit = MinutePoints, DayLimit = DayPoints },
        };
    }
}
