using System.Collections.Immutable;

namespace OrleansSync.Grains.Interfaces;

/// <summary>The tie between a Bitrix24 user and a CallGear employee.</summary>
/// <param name="EmployeeId">The employee's id in CallGear.</param>
/// <param name="Email">The user's e-mail address when the link was made.</param>
/// <param name="Origin">How it came about.</param>
/// <param name="LinkedAt">When it was stored.</param>
[GenerateSerializer, Immutable, Alias("EmployeeLink")]
public sealed record EmployeeLink(
    [property: Id(0)] long EmployeeId,
    [property: Id(1)] string Email,
    [property: Id(2)] LinkOrigin Origin,
    [property: Id(3)] DateTimeOffset LinkedAt);

/// <summary>What the plan of a run wants done for one user.</summary>
[GenerateSerializer, Immutable, Alias("EmployeeInstruction")]
public abstract record EmployeeInstruction
{
    /// <summary>The employee of a link that is stale (R3.6), so that the link may be replaced; null when there is none.</summary>
    [Id(0)] public long? StaleEmployeeId { get; init; }

    /// <summary>What the user's history should say beside the outcome; null for nothing.</summary>
    [Id(1)] public string? Note { get; init; }

    /// <summary>The user's row as the portal knows it; null when there is none, or when it is not given.</summary>
    [Id(2)] public UserRow? Row { get; init; }

    /// <summary>Whether <see cref="Row"/> is given, so that it need not be read; a grain that knows another version reads it all the same.</summary>
    [Id(3)] public bool IsRowGiven { get; init; }

    /// <summary>First and last name as Bitrix24 has them.</summary>
    [Id(4)] public string Name { get; init; } = string.Empty;

    /// <summary>The e-mail address as Bitrix24 has it; null when blank.</summary>
    [Id(5)] public string? UserEmail { get; init; }

    /// <summary>The run's place among those of the account, under which its changes are stored.</summary>
    [Id(6)] public long Run { get; init; }
}

/// <summary>
/// Find out what became of a create that an earlier run sent and got no answer to. Comes before the run decides, so that it decides on what is really there.
/// </summary>
[GenerateSerializer, Immutable, Alias("SettleEmployee")]
public sealed record SettleEmployee : EmployeeInstruction;

/// <summary>R3.3: create the employee.</summary>
/// <param name="Employee">What to create.</param>
/// <param name="LookUpFirst">R8.10: whether a fresh look-up by e-mail address comes before it.</param>
[GenerateSerializer, Immutable, Alias("CreateEmployee")]
public sealed record CreateEmployee([property: Id(0)] NewEmployee Employee, [property: Id(1)] bool LookUpFirst) : EmployeeInstruction;

/// <summary>R3.2: link the employee that has the user's e-mail address.</summary>
/// <param name="EmployeeId">The employee.</param>
/// <param name="Email">The user's e-mail address.</param>
/// <param name="UserLastName">The user's last name, for an employee without one (R4.4).</param>
/// <param name="Numbers">What R5 adds if the employee has no number.</param>
[GenerateSerializer, Immutable, Alias("LinkEmployee")]
public sealed record LinkEmployee(
    [property: Id(0)] long EmployeeId,
    [property: Id(1)] string Email,
    [property: Id(2)] string UserLastName,
    [property: Id(3)] ImmutableArray<string> Numbers) : EmployeeInstruction;

/// <summary>R5.6: give the matched employee numbers, if it still has none.</summary>
/// <param name="EmployeeId">The linked employee.</param>
/// <param name="Numbers">The numbers.</param>
[GenerateSerializer, Immutable, Alias("FillNumbers")]
public sealed record FillNumbers([property: Id(0)] long EmployeeId, [property: Id(1)] ImmutableArray<string> Numbers) : EmployeeInstruction;

/// <summary>What came of an instruction.</summary>
[GenerateSerializer, Immutable, Alias("EmployeeResult")]
public sealed record EmployeeResult
{
    /// <summary>What happened; null when nothing was to do, because the user is linked already.</summary>
    [Id(0)] public ChangeOutcome? Outcome { get; init; }

    /// <summary>Why it failed or was done only in part.</summary>
    [Id(1)] public Problem? Reason { get; init; }

    /// <summary>The user's row as it is stored now; null when there is none.</summary>
    [Id(2)] public UserRow? Row { get; init; }

    /// <summary>What was changed in CallGear.</summary>
    [Id(3)] public ImmutableArray<FieldChange> Fields { get; init; } = [];

    /// <summary>Numbers that were added.</summary>
    [Id(4)] public int NumbersAdded { get; init; }

    /// <summary>HTTP requests to CallGear.</summary>
    [Id(5)] public int Calls { get; init; }

    /// <summary>Employees with the user's e-mail address that the run's list did not have: the user has to be decided again with them.</summary>
    [Id(6)] public ImmutableArray<AccountEmployee> Found { get; init; } = [];

    /// <summary>Whether a create may have happened although no answer says so; the next run settles it.</summary>
    [Id(7)] public bool IsUnsettled { get; init; }

    /// <summary>Whether every other call of the account would fail alike, so that the run ends.</summary>
    [Id(8)] public bool EndsRun { get; init; }

    /// <summary>Until when a create of an earlier run may still appear at CallGear, so that the user cannot be decided on; null when there is none.</summary>
    [Id(9)] public DateTimeOffset? OpenUntil { get; init; }

    /// <summary>The link as it is stored now.</summary>
    public EmployeeLink? Link => Row?.Link;
}
