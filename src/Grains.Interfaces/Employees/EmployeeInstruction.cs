using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Interfaces.Employees;

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

/// <summary>What a run has to do for one user. Those that its grain carries out are <see cref="EmployeeInstruction"/>s.</summary>
/// <param name="UserId">The user's id in Bitrix24.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Email">Its e-mail address; null when blank.</param>
[GenerateSerializer, Immutable, Alias("Decision")]
public abstract record Decision([property: Id(0)] long UserId, [property: Id(1)] string Name, [property: Id(2)] string? Email)
{
    /// <summary>
    /// R3.7: the deleted user whose link ends with it, perhaps because the run that took it over was interrupted; null for none.
    /// </summary>
    [Id(3)] public long? TakenOverFrom { get; init; }
}

/// <summary>What CallGear has to be called for, by the user's grain.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Name">Its name.</param>
/// <param name="Email">Its address.</param>
[GenerateSerializer, Immutable, Alias("EmployeeInstruction")]
public abstract record EmployeeInstruction(long UserId, string Name, string? Email) : Decision(UserId, Name, Email)
{
    /// <summary>The employee of a link that is stale (R3.6), so that the link may be replaced; null when there is none.</summary>
    [Id(0)] public long? StaleEmployeeId { get; init; }

    /// <summary>The user's row as the portal knows it; null when there is none, or when it is not given.</summary>
    [Id(1)] public UserRow? Row { get; init; }

    /// <summary>
    /// Whether <see cref="Row"/> is given, so that it need not be read; a grain that knows another version reads it all the same.
    /// </summary>
    [Id(2)] public bool IsRowGiven { get; init; }

    /// <summary>The run's place among those of the account, under which its changes are stored.</summary>
    [Id(3)] public long Run { get; init; }
}

/// <summary>
/// Find out what became of a create that an earlier run sent and got no answer to. Comes before the run decides, so that it decides on what
/// is really there.
/// </summary>
/// <param name="UserId">The user.</param>
/// <param name="Name">Its name.</param>
/// <param name="Email">Its address.</param>
[GenerateSerializer, Immutable, Alias("SettleEmployee")]
public sealed record SettleEmployee(long UserId, string Name, string? Email) : EmployeeInstruction(UserId, Name, Email);

/// <summary>R3.3: create the employee.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Name">Its name.</param>
/// <param name="Email">Its address.</param>
/// <param name="Employee">What to create.</param>
/// <param name="LookUpFirst">R8.10: whether a fresh look-up by e-mail address has to come before it.</param>
[GenerateSerializer, Immutable, Alias("CreateEmployee")]
public sealed record CreateEmployee(
    long UserId, string Name, string? Email, [property: Id(0)] NewEmployee Employee, [property: Id(1)] bool LookUpFirst)
    : EmployeeInstruction(UserId, Name, Email)
{
    /// <summary>
    /// Until when the create may be sent that the portal has announced in the user's row for this instruction, and nothing else was sent
    /// for; null when the user's grain has to announce it.
    /// </summary>
    [Id(2)] public DateTimeOffset? SendBefore { get; init; }
}

/// <summary>R3.2: link the employee that has the user's e-mail address.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Name">Its name.</param>
/// <param name="Email">Its address.</param>
/// <param name="Employee">The employee as the list has it.</param>
/// <param name="UserLastName">The user's last name, for an employee without one (R4.4).</param>
/// <param name="Numbers">What R5 adds if the employee has no number.</param>
[GenerateSerializer, Immutable, Alias("LinkEmployee")]
public sealed record LinkEmployee(
    long UserId,
    string Name,
    string? Email,
    [property: Id(0)] AccountEmployee Employee,
    [property: Id(1)] string UserLastName,
    [property: Id(2)] ImmutableArray<string> Numbers) : EmployeeInstruction(UserId, Name, Email);

/// <summary>R5.6: give the matched employee numbers, if it still has none.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Name">Its name.</param>
/// <param name="Email">Its address.</param>
/// <param name="EmployeeId">The linked employee.</param>
/// <param name="Numbers">The numbers.</param>
/// <param name="IsReturn">R6.3: whether the user was deleted before.</param>
[GenerateSerializer, Immutable, Alias("FillNumbers")]
public sealed record FillNumbers(
    long UserId,
    string Name,
    string? Email,
    [property: Id(0)] long EmployeeId,
    [property: Id(1)] ImmutableArray<string> Numbers,
    [property: Id(2)] bool IsReturn) : EmployeeInstruction(UserId, Name, Email)
{
    /// <summary>The user's last name, for an employee without one (R4.4); null when it has none itself.</summary>
    [Id(3)] public string? UserLastName { get; init; }

    /// <summary>The employee's last name as the list has it.</summary>
    [Id(4)] public string? EmployeeLastName { get; init; }
}

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

    /// <summary>
    /// Employees with the user's e-mail address that the run's list did not have: the user has to be decided again with them.
    /// </summary>
    [Id(6)] public ImmutableArray<AccountEmployee> Found { get; init; } = [];

    /// <summary>Whether a create may have happened although no answer says so; the next run settles it.</summary>
    [Id(7)] public bool IsUnsettled { get; init; }

    /// <summary>Whether every other call of the account would fail alike, so that the run ends.</summary>
    [Id(8)] public bool EndsRun { get; init; }

    /// <summary>
    /// Until when a create of an earlier run may still appear at CallGear, so that the user cannot be decided on; null when there is none.
    /// </summary>
    [Id(9)] public DateTimeOffset? OpenUntil { get; init; }

    /// <summary>
    /// That the key's rights or the account's plan do not allow to create or to change employees, where that is why it failed.
    /// </summary>
    [Id(10)] public CallFailure? WriteRefusal { get; init; }

    /// <summary>The link as it is stored now.</summary>
    public EmployeeLink? Link => Row?.Link;
}
