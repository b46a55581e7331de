using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Employees;

namespace OrleansSync.Grains.Import;

/// <summary>R3.1: linked, and the employee exists; nothing is sent.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Name">Its name.</param>
/// <param name="Email">Its address.</param>
/// <param name="EmployeeId">The employee.</param>
/// <param name="IsReturn">R6.3: whether the user was deleted before.</param>
internal sealed record Match(long UserId, string Name, string? Email, long EmployeeId, bool IsReturn) : Decision(UserId, Name, Email)
{
    /// <summary>R5.5a: that CallGear has refused the user's number, which nothing has changed since; null when it has not.</summary>
    public Problem? Reason { get; init; }
}

/// <summary>R2.4, R3.4, R3.5: nothing is done, and the reason is shown.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Name">Its name.</param>
/// <param name="Email">Its address.</param>
/// <param name="Reason">Why.</param>
/// <param name="EndsStaleLink">R3.6: whether the user has a link whose employee is gone.</param>
internal sealed record Skip(long UserId, string Name, string? Email, Problem Reason, bool EndsStaleLink) : Decision(UserId, Name, Email);

/// <summary>R8.2: the employee is gone, and making a new one waits for approval.</summary>
internal sealed record HoldRecreation(long UserId, string Name, string? Email, long EmployeeId) : Decision(UserId, Name, Email);

/// <summary>R6.3: the user is deleted, and its employee leaves the responsible employees.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Name">Its name.</param>
/// <param name="Email">Its address.</param>
/// <param name="EmployeeId">The employee, which stays in CallGear (R6.1).</param>
internal sealed record Remove(long UserId, string Name, string? Email, long EmployeeId) : Decision(UserId, Name, Email);

/// <summary>R8.1: the user is gone, and the removal waits for approval.</summary>
internal sealed record HoldRemoval(long UserId, string Name, string? Email, long EmployeeId) : Decision(UserId, Name, Email);

/// <summary>R8.12: the link was made in another portal, and what becomes of it waits for approval.</summary>
/// <param name="UserId">The user's id in the former portal.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Email">Its address there.</param>
/// <param name="EmployeeId">The employee.</param>
/// <param name="Heir">The user of the present portal who has the employee's address; null when nobody has.</param>
internal sealed record HoldLink(long UserId, string Name, string? Email, long EmployeeId, long? Heir) : Decision(UserId, Name, Email);

/// <summary>The user was known but never imported, and is no longer there: it is no longer shown.</summary>
internal sealed record Forget(long UserId, string Name, string? Email) : Decision(UserId, Name, Email);
