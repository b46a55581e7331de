using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Import;

/// <summary>What a run has to do for one user.</summary>
/// <param name="UserId">The user's id in Bitrix24.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Email">Its e-mail address; null when blank.</param>
internal abstract record Decision(long UserId, string Name, string? Email);

/// <summary>R3.1: linked, and the employee exists; nothing is sent.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Name">Its name.</param>
/// <param name="Email">Its address.</param>
/// <param name="EmployeeId">The employee.</param>
/// <param name="IsReturn">R6.3: whether the user was deleted before.</param>
/// <param name="TakenOverFrom">R3.7: the deleted user whose link still has to end, because the run that took it over was interrupted; null for none.</param>
internal sealed record Match(long UserId, string Name, string? Email, long EmployeeId, bool IsReturn, long? TakenOverFrom = null)
    : Decision(UserId, Name, Email);

/// <summary>R5.6: matched, but the employee gets numbers.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Name">Its name.</param>
/// <param name="Email">Its address.</param>
/// <param name="EmployeeId">The employee.</param>
/// <param name="Numbers">The numbers.</param>
/// <param name="IsReturn">R6.3: whether the user was deleted before.</param>
internal sealed record Fill(long UserId, string Name, string? Email, long EmployeeId, ImmutableArray<string> Numbers, bool IsReturn)
    : Decision(UserId, Name, Email);

/// <summary>R3.2: an employee with the user's e-mail address is linked.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Name">Its name.</param>
/// <param name="Email">Its address.</param>
/// <param name="Employee">The employee as the list has it.</param>
/// <param name="UserLastName">The user's last name, for R4.4.</param>
/// <param name="Numbers">What R5 adds if the employee has no number.</param>
/// <param name="TakenOverFrom">R3.7: the deleted user whose link ends; null for none.</param>
/// <param name="StaleEmployeeId">R3.6: the employee of the link this one replaces; null for none.</param>
internal sealed record Link(
    long UserId,
    string Name,
    string Email,
    AccountEmployee Employee,
    string UserLastName,
    ImmutableArray<string> Numbers,
    long? TakenOverFrom,
    long? StaleEmployeeId) : Decision(UserId, Name, Email);

/// <summary>R3.3: an employee is created.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Name">Its name.</param>
/// <param name="Email">Its address.</param>
/// <param name="Employee">What to create.</param>
/// <param name="LookUpFirst">R8.10: whether a fresh look-up by e-mail address has to come before it.</param>
/// <param name="StaleEmployeeId">R3.6: the employee of the link this one replaces; null for none.</param>
internal sealed record Create(long UserId, string Name, string Email, NewEmployee Employee, bool LookUpFirst, long? StaleEmployeeId)
    : Decision(UserId, Name, Email);

/// <summary>R2.4, R3.4, R3.5: nothing is done, and the reason is shown.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Name">Its name.</param>
/// <param name="Email">Its address.</param>
/// <param name="Reason">Why.</param>
/// <param name="EndsStaleLink">R3.6: whether the user has a link whose employee is gone.</param>
internal sealed record Skip(long UserId, string Name, string? Email, Problem Reason, bool EndsStaleLink) : Decision(UserId, Name, Email);

/// <summary>R8.2: the employee is gone, and making a new one waits for approval.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Name">Its name.</param>
/// <param name="Email">Its address.</param>
/// <param name="EmployeeId">The employee that is gone.</param>
internal sealed record HoldRecreation(long UserId, string Name, string? Email, long EmployeeId) : Decision(UserId, Name, Email);

/// <summary>R6.3: the user is deleted, and its employee leaves the responsible employees.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Name">Its name.</param>
/// <param name="Email">Its address.</param>
/// <param name="EmployeeId">The employee, which stays in CallGear (R6.1).</param>
internal sealed record Remove(long UserId, string Name, string? Email, long EmployeeId) : Decision(UserId, Name, Email);

/// <summary>R8.1: the user is gone, and the removal waits for approval.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Name">Its name.</param>
/// <param name="Email">Its address.</param>
/// <param name="EmployeeId">The employee.</param>
internal sealed record HoldRemoval(long UserId, string Name, string? Email, long EmployeeId) : Decision(UserId, Name, Email);

/// <summary>The user was known but never imported, and is no longer there: it is no longer shown.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Name">Its name.</param>
/// <param name="Email">Its address.</param>
internal sealed record Forget(long UserId, string Name, string? Email) : Decision(UserId, Name, Email);
