using System.Globalization;
using OrleansSync.Sandbox.Bitrix24;
using OrleansSync.Sandbox.CallGear;

namespace OrleansSync.Sandbox.Seeding;

/// <summary>Makes realistic data of any size.</summary>
public static class SeedGenerator
{
    private const int MaxSize = 1_000_000;

    /// <summary>Makes the data.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static SeedData Create(SeedOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Users, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Employees, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Users, MaxSize, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Employees, MaxSize, nameof(options));
        var random = new Random(options.Seed);
        BitrixUser[] users = [.. Enumerable.Range(1, options.Users).Select(id => User(random, id))];
        Employee[] employees = [.. Enumerable.Range(0, options.Employees).Select(index => EmployeeOf(random, options, users, index))];
        var special = options.SpecialCases ? SpecialCases.Create(options.Users + 1) : new SeedData();
        return special with { Users = [.. users, .. special.Users], Employees = [.. employees, .. special.Employees] };
    }

    private static BitrixUser User(Random random, int id)
    {
        var name = PersonNames.Pick(random);
        return BitrixUser.Employee(
            id,
            name.First,
            name.Last,
            string.Create(CultureInfo.InvariantCulture, $"{name.Mailbox}.{id}@example.com"),
            PhoneShapes.Pick(random, id),
            PhoneShapes.Pick(random, id + MaxSize),
            PhoneShapes.Pick(random, id + (2 * MaxSize)),
            name.Second);
    }

    private static Employee EmployeeOf(Random random, SeedOptions options, BitrixUser[] users, int index)
    {
        // Users are taken in turn, so that no two employees share an address.
        var isShared = random.Next(100) < options.SharedEmailPercent && index < users.Length;
        var name = PersonNames.Pick(random);
        return new Employee
        {
            FirstName = isShared ? users[index].Text("NAME") : name.First,
            LastName = isShared ? users[index].Text("LAST_NAME") : name.Last,
            Email = isShared
                ? users[index].Text("EMAIL")
                : string.Create(CultureInfo.InvariantCulture, $"{name.Mailbox}.own{index}@example.com"),
            PhoneNumbers = random.Next(3) == 0
                ? []
                : [new PhoneNumber(0, string.Create(CultureInfo.InvariantCulture, $"7499{index:D7}"), Status: random.Next(10) == 0
                    ? "inactive"
                    : "active")],
        };
    }
}
