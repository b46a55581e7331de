using System.Collections.Immutable;

namespace OrleansSync.Grains.Interfaces;

/// <summary>
/// An account's way to CallGear: keeps the key, waits for limits, repeats reads that fail for a passing reason (R8.11). Writes are sent once; what to do after
/// an unknown outcome is the caller's decision. Key: <see cref="GrainKeys.Account"/>.
/// </summary>
[Alias("ICallGearConnectionGrain")]
public interface ICallGearConnectionGrain : IGrainWithStringKey
{
    /// <summary>Stores the access; a token that is null is kept. Answers the path of a secret that is needed and missing; then nothing is stored.</summary>
    [Alias("Configure")]
    Task<string?> ConfigureAsync(CallGearAccess access);

    /// <summary>
    /// The access as it is stored, so that a connection can be tried whose key is kept; null when none is. The key in it is sealed for the account, as it rests in storage.
    /// </summary>
    [Alias("GetAccess")]
    Task<CallGearAccess?> GetAccessAsync();

    /// <summary>
    /// Whether an access leads to the same CallGear account as the stored one: by the same address, customer and key. False when there is none, or when either key cannot
    /// be opened. Neither the answer nor the time it takes tells more of a key.
    /// </summary>
    /// <param name="access">The access, its key sealed for <paramref name="secretsOwner"/>.</param>
    /// <param name="secretsOwner">Whom its key is sealed for: an account, or nobody yet.</param>
    [Alias("IsSame")]
    Task<bool> IsSameAsync(CallGearAccess access, string secretsOwner);

    /// <summary>All employees, proven whole (R8.4, R8.10).</summary>
    [Alias("ListEmployees"), ResponseTimeout("00:20:00")]
    Task<CallAnswer<ImmutableArray<AccountEmployee>>> ListEmployeesAsync(CallContext context, CancellationToken cancellationToken);

    /// <summary>One employee, freshly read; an empty list when it is gone.</summary>
    [Alias("GetEmployee"), ResponseTimeout("00:15:00")]
    Task<CallAnswer<ImmutableArray<AccountEmployee>>> GetEmployeeAsync(long employeeId, CallContext context, CancellationToken cancellationToken);

    /// <summary>The employees that have an e-mail address, compared without regard to case, freshly read.</summary>
    [Alias("FindByEmail"), ResponseTimeout("00:15:00")]
    Task<CallAnswer<ImmutableArray<AccountEmployee>>> FindByEmailAsync(string email, CallContext context, CancellationToken cancellationToken);

    /// <summary>Creates an employee and answers its id. Not idempotent.</summary>
    /// <param name="employee">The employee.</param>
    /// <param name="sendBefore">When this moment has passed before the request can be sent, it is not sent (<see cref="CallFailure.IsTooLate"/>).</param>
    /// <param name="context">On whose behalf.</param>
    /// <param name="cancellationToken">Gives the call up; the change may have been made then.</param>
    [Alias("Create"), ResponseTimeout("00:15:00")]
    Task<CallAnswer<long>> CreateAsync(NewEmployee employee, DateTimeOffset sendBefore, CallContext context, CancellationToken cancellationToken);

    /// <summary>Changes an employee's last name and whole list of numbers.</summary>
    /// <param name="update">The employee as it shall be.</param>
    /// <param name="sendBefore">When this moment has passed before the request can be sent, it is not sent (<see cref="CallFailure.IsTooLate"/>).</param>
    /// <param name="context">On whose behalf.</param>
    /// <param name="cancellationToken">Gives the call up; the change may have been made then.</param>
    [Alias("Update"), ResponseTimeout("00:15:00")]
    Task<CallAnswer<bool>> UpdateAsync(EmployeeUpdate update, DateTimeOffset sendBefore, CallContext context, CancellationToken cancellationToken);

    /// <summary>R7.3: makes the group's members the given employees; answers whether anything had to be changed.</summary>
    [Alias("SetGroupMembers"), ResponseTimeout("00:15:00")]
    Task<CallAnswer<bool>> SetGroupMembersAsync(long groupId, ImmutableArray<long> employeeIds, CallContext context, CancellationToken cancellationToken);

    /// <summary>Erases the key.</summary>
    [Alias("Clear")]
    Task ClearAsync();
}
