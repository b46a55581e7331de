using System.Collections.Immutable;

namespace OrleansSync.Grains.Interfaces.Connections;

/// <summary>
/// An account's way to CallGear: waits for limits, repeats reads that fail for a passing reason (R8.11). Writes are sent once; what to do
/// after an unknown outcome is the caller's decision. The key is in the account's row. Key: <see cref="GrainKeys.Account"/>.
/// </summary>
[Alias("ICallGearConnectionGrain")]
public interface ICallGearConnectionGrain : IGrainWithStringKey
{
    /// <summary>All employees, proven whole (R8.4, R8.10).</summary>
    [Alias("ListEmployees"), ResponseTimeout("00:20:00")]
    Task<CallOutcome<ImmutableArray<AccountEmployee>>> ListEmployeesAsync(CallContext context, CancellationToken cancellationToken);

    /// <summary>One employee, freshly read; an empty list when it is gone.</summary>
    [Alias("GetEmployee"), ResponseTimeout("00:15:00")]
    Task<CallOutcome<ImmutableArray<AccountEmployee>>> GetEmployeeAsync(
        long employeeId, CallContext context, CancellationToken cancellationToken);

    /// <summary>The employees that have an e-mail address, compared without regard to case, freshly read.</summary>
    [Alias("FindByEmail"), ResponseTimeout("00:15:00")]
    Task<CallOutcome<ImmutableArray<AccountEmployee>>> FindByEmailAsync(
        string email, CallContext context, CancellationToken cancellationToken);

    /// <summary>Creates an employee and answers its id. Not idempotent.</summary>
    /// <param name="employee">The employee.</param>
    /// <param name="sendBefore">When this moment has passed before the request can be sent, it is not sent
    /// (<see cref="CallFailure.IsTooLate"/>).</param>
    /// <param name="context">On whose behalf.</param>
    /// <param name="cancellationToken">Gives the call up; the change may have been made then.</param>
    [Alias("Create"), ResponseTimeout("00:15:00")]
    Task<CallOutcome<long>> CreateAsync(
        NewEmployee employee, DateTimeOffset sendBefore, CallContext context, CancellationToken cancellationToken);

    /// <summary>Changes an employee's last name and whole list of numbers.</summary>
    /// <param name="update">The employee as it shall be.</param>
    /// <param name="sendBefore">When this moment has passed before the request can be sent, it is not sent
    /// (<see cref="CallFailure.IsTooLate"/>).</param>
    /// <param name="context">On whose behalf.</param>
    /// <param name="cancellationToken">Gives the call up; the change may have been made then.</param>
    [Alias("Update"), ResponseTimeout("00:15:00")]
    Task<CallOutcome<bool>> UpdateAsync(
        EmployeeUpdate update, DateTimeOffset sendBefore, CallContext context, CancellationToken cancellationToken);

    /// <summary>R7.3: makes the group's members the given employees; answers whether anything had to be changed.</summary>
    [Alias("SetGroupMembers"), ResponseTimeout("00:15:00")]
    Task<CallOutcome<bool>> SetGroupMembersAsync(
        long groupId, ImmutableArray<long> employeeIds, CallContext context, CancellationToken cancellationToken);

    /// <summary>Forgets the key.</summary>
    [Alias("Clear")]
    Task ClearAsync();
}
