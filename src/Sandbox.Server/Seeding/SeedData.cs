using OrleansSync.Sandbox.Bitrix24;
using OrleansSync.Sandbox.CallGear;

namespace OrleansSync.Sandbox.Seeding;

/// <summary>Data of one portal and of the account that it is imported into.</summary>
public sealed record SeedData
{
    /// <summary>Users of the portal.</summary>
    public IReadOnlyList<BitrixUser> Users { get; init; } = [];

    /// <summary>Employees of the account.</summary>
    public IReadOnlyList<Employee> Employees { get; init; } = [];

    /// <summary>Groups of the account.</summary>
    public IReadOnlyList<EmployeeGroup> Groups { get; init; } = [];

    /// <summary>
    /// Ids of the users that stand for special cases, by the case's name, such as <c>EMAIL/null</c> or <c>phone/refused, linked</c>.
    /// </summary>
    public IReadOnlyDictionary<string, int> Cases { get; init; } = new Dictionary<string, int>();

    /// <summary>How the portal behaves.</summary>
    public PortalSettings Portal { get; init; } = new();

    /// <summary>How the account behaves.</summary>
    public AccountSettings Account { get; init; } = new();
}
