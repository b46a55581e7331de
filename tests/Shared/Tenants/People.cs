using System.Globalization;
using OrleansSync.Sandbox.Bitrix24;
using OrleansSync.Sandbox.CallGear;
using OrleansSync.Sandbox.Seeding;

namespace OrleansSync.Testing.Tenants;

/// <summary>Plain users and employees, so that a test shows only what is special about its own.</summary>
internal static class People
{
    /// <summary>The address of user <paramref name="id"/>.</summary>
    public static string EmailOf(int id) => string.Create(CultureInfo.InvariantCulture, $"user.{id}@example.com");

    /// <summary>A user with everything an import asks for, and no number.</summary>
    public static BitrixUser User(int id) =>
        BitrixUser.Employee(id, "Ann", string.Create(CultureInfo.InvariantCulture, $"Lee {id}"), EmailOf(id));

    /// <summary>Users 1 to <paramref name="count"/>.</summary>
    public static BitrixUser[] Users(int count) => [.. Enumerable.Range(1, count).Select(User)];

    /// <summary>An employee with the address of user <paramref name="id"/>.</summary>
    public static Employee EmployeeFor(int id, string? lastName, params string[] numbers) => new()
    {
        FirstName = "Ann",
        LastName = lastName,
        Email = EmailOf(id),
        PhoneNumbers = [.. numbers.Select(number => new PhoneNumber(0, number))],
    };

    /// <summary>A seed of these users and employees.</summary>
    public static SeedData Seed(IEnumerable<BitrixUser> users, params Employee[] employees) =>
        new() { Users = [.. users], Employees = employees };
}
