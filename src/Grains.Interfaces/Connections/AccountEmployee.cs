using System.Collections.Immutable;

namespace OrleansSync.Grains.Interfaces.Connections;

/// <summary>One number of an employee; what CallGear keeps with it is sent back unchanged by an update (R5.4).</summary>
/// <param name="Number">The number's digits.</param>
/// <param name="PhoneId">CallGear's id of the number; null for a number to be added.</param>
/// <param name="ChannelsCount">Simultaneous calls.</param>
/// <param name="DialTime">How long it rings, in seconds.</param>
/// <param name="Status">Whether it is active.</param>
[GenerateSerializer, Immutable, Alias("EmployeeNumber")]
public sealed record EmployeeNumber(
    [property: Id(0)] string Number,
    [property: Id(1)] long? PhoneId = null,
    [property: Id(2)] int? ChannelsCount = null,
    [property: Id(3)] int? DialTime = null,
    [property: Id(4)] string? Status = null);

/// <summary>An employee as CallGear's <c>get.employees</c> answers it.</summary>
[GenerateSerializer, Immutable, Alias("AccountEmployee")]
public sealed record AccountEmployee
{
    /// <summary>The employee's id in CallGear.</summary>
    [Id(0)] public required long Id { get; init; }

    /// <summary>First name.</summary>
    [Id(1)] public string? FirstName { get; init; }

    /// <summary>Last name.</summary>
    [Id(2)] public string? LastName { get; init; }

    /// <summary>Patronymic.</summary>
    [Id(3)] public string? Patronymic { get; init; }

    /// <summary>E-mail address.</summary>
    [Id(4)] public string? Email { get; init; }

    /// <summary>Numbers in dialling order, inactive ones included.</summary>
    [Id(5)] public ImmutableArray<EmployeeNumber> Numbers { get; init; } = [];
}

/// <summary>An employee to be created (R3.3); null members are not sent.</summary>
[GenerateSerializer, Immutable, Alias("NewEmployee")]
public sealed record NewEmployee
{
    /// <summary>First name.</summary>
    [Id(0)] public string? FirstName { get; init; }

    /// <summary>Last name, marked by R4.1.</summary>
    [Id(1)] public required string LastName { get; init; }

    /// <summary>Patronymic.</summary>
    [Id(2)] public string? Patronymic { get; init; }

    /// <summary>E-mail address.</summary>
    [Id(3)] public required string Email { get; init; }

    /// <summary>Numbers in dialling order, digits only (R5.3).</summary>
    [Id(4)] public ImmutableArray<string> Numbers { get; init; } = [];
}

/// <summary>An update of an employee: always the last name and the complete list of numbers (R5.4).</summary>
/// <param name="Id">The employee's id in CallGear.</param>
/// <param name="LastName">The last name after the update.</param>
/// <param name="Numbers">All numbers after the update.</param>
[GenerateSerializer, Immutable, Alias("EmployeeUpdate")]
public sealed record EmployeeUpdate(
    [property: Id(0)] long Id,
    [property: Id(1)] string LastName,
    [property: Id(2)] ImmutableArray<EmployeeNumber> Numbers)
{
    /// <summary>
    /// Whether the list is not sent: for an employee without any number, where the account's plan refuses the parameter itself.
    /// </summary>
    [Id(3)] public bool LeavesNumbers { get; init; }
}
