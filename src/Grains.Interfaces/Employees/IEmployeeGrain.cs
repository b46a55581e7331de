using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Grains.Interfaces.Employees;

/// <summary>
/// Owns one user's row, and so its link: the only one who writes it where a vendor is called for the user. Key:
/// <see cref="GrainKeys.User"/>.
/// </summary>
[Alias("IEmployeeGrain")]
public interface IEmployeeGrain : IGrainWithStringKey
{
    /// <summary>
    /// Carries out what a run wants for the user and stores the link as soon as CallGear has answered (R3.8). A user that is linked
    /// already, because an earlier run was interrupted, is left alone.
    /// </summary>
    /// <exception cref="Orleans.Storage.InconsistentStateException">Another has written the row since; the activation ends.</exception>
    /// <exception cref="UnreadableRowException">What is stored of the user cannot be read.</exception>
    [Alias("Apply"), ResponseTimeout("00:30:00")]
    Task<EmployeeResult> ApplyAsync(EmployeeInstruction instruction, CallContext context, CancellationToken cancellationToken);
}
