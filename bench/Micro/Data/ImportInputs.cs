using System.Collections.Immutable;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Micro.Data;

/// <summary>What runs decide on.</summary>
internal static class ImportInputs
{
    private const long FirstEmployee = 900_000;

    private static readonly DateTimeOffset _linkedAt = new(2026, 3, 2, 8, 30, 0, TimeSpan.Zero);

    /// <summary>Nobody was imported, and the CallGear account is empty.</summary>
    /// <param name="users">How many users.</param>
    public static ImportInput New(int users) => new()
    {
        Users = [.. Person.Many(users).Select(User)],
        Employees = [],
        Roster = ImmutableSortedDictionary<long, UserRow>.Empty,
    };

    /// <summary>Everybody is linked, and there is nothing to do.</summary>
    /// <param name="users">How many users.</param>
    public static ImportInput Unchanged(int users)
    {
        var people = Person.Many(users);
        return new()
        {
            Users = [.. people.Select(User)],
            Employees = [.. people.Select(Employee)],
            Roster = people.Select(Row).ToImmutableSortedDictionary(row => row.UserId, row => row),
        };
    }

    /// <summary>A user as Bitrix24 has it.</summary>
    public static PortalUser User(Person person) => new()
    {
        Id = person.Number,
        UserType = "employee",
        FirstName = person.FirstName,
        LastName = person.LastName,
        SecondName = person.Patronymic,
        Email = person.Email,
        WorkPhone = person.WorkPhone,
        PersonalMobile = person.Mobile,
        HasDepartment = true,
    };

    /// <summary>What is stored of a user whose employee was created.</summary>
    public static UserRow Row(Person person) => new()
    {
        UserId = person.Number,
        Version = person.Number,
        Name = $"{person.FirstName} {person.LastName}",
        Email = person.Email.Trim(),
        Outcome = EmployeeOutcome.Created,
        Link = new EmployeeLink(FirstEmployee + person.Number, person.Email.Trim(), LinkOrigin.Created, _linkedAt),
        IsListed = true,
        Entries = 1,
        Run = 1,
    };

    private static AccountEmployee Employee(Person person) => new()
    {
        Id = FirstEmployee + person.Number,
        FirstName = person.FirstName,
        LastName = LastNameMark.Apply(person.LastName),
        Patronymic = person.Patronymic,
        Email = person.Email.Trim(),
        Numbers = [.. PhoneField.Numbers(person.WorkPhone ?? person.Mobile).Take(1).Select(number => new EmployeeNumber(number, 1))],
    };
}
