using OrleansSync.Sandbox.CallGear;
using OrleansSync.Sandbox.Seeding;

namespace OrleansSync.Faults.Accounts;

/// <summary>An account before its first import, and what has to come of it.</summary>
internal sealed record AccountPlan
{
    /// <summary>The group of accounts that have one.</summary>
    public const long GroupId = 501;

    /// <summary>The users.</summary>
    public required IReadOnlyList<PlannedUser> Users { get; init; }

    /// <summary>The employees that are there already, with their ids.</summary>
    public required IReadOnlyList<Employee> Employees { get; init; }

    /// <summary>Whether a group follows the responsible employees (R7.3).</summary>
    public bool HasGroup { get; init; }

    /// <summary>Points a minute that CallGear grants; null for no limit.</summary>
    public int? MinuteLimit { get; init; }

    /// <summary>The id of the first employee that is created.</summary>
    public long FirstCreatedId { get; init; } = new AccountSettings().FirstEmployeeId;

    /// <summary>How many employees are created.</summary>
    public int Creates => Users.Count(user => user.Expected == ExpectedOutcome.Created);

    /// <summary>How many users have an employee in the end.</summary>
    public int Imported => Users.Count(user => user.IsImported);

    /// <summary>What the sandbox is given.</summary>
    public SeedData ToSeed() => new()
    {
        Users = [.. Users.Select(user => user.User)],
        Employees = Employees,
        Groups = HasGroup ? [new EmployeeGroup { Id = GroupId, Name = "Sales", ChannelsCount = 3 }] : [],
        Account = new AccountSettings { MinuteLimit = MinuteLimit, FirstEmployeeId = FirstCreatedId },
    };
}
