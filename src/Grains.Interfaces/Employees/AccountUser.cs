namespace OrleansSync.Grains.Interfaces.Employees;

/// <summary>A known user who was looked for in all accounts.</summary>
/// <param name="AccountId">The account that knows the user.</param>
/// <param name="DisplayName">The account's name as people see it.</param>
/// <param name="Row">The user.</param>
[GenerateSerializer, Immutable, Alias("AccountUser")]
public sealed record AccountUser(
    [property: Id(0)] string AccountId, [property: Id(1)] string DisplayName, [property: Id(2)] EmployeeRow Row)
{
    /// <summary>The most users that a search answers.</summary>
    public const int Most = 50;
}
