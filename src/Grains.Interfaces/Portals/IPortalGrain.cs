using System.Collections.Immutable;
using Orleans.Concurrency;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Audit;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Responsible;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Interfaces.Portals;

/// <summary>
/// One account: its connection and settings, its schedule, its runs one at a time, and the roster that its lists show. Key:
/// <see cref="GrainKeys.Account"/>. Calls answer null or "not there" for an account that is not connected.
/// </summary>
[Alias("IPortalGrain")]
public interface IPortalGrain : IGrainWithStringKey
{
    /// <summary>
    /// Connects the account or changes its connection; a new account's first run starts at once unless it is paused (R1.1).
    /// </summary>
    [Alias("Connect"), ResponseTimeout("00:01:00")]
    Task<ConnectResponse> ConnectAsync(AccountConnection connection);

    /// <summary>Changes the account's settings; no run starts because of it.</summary>
    /// <param name="before">The settings that the change was made from.</param>
    /// <param name="after">The settings as they are to be.</param>
    [Alias("ChangeSettings"), ResponseTimeout("00:01:00")]
    Task<SettingsResponse> ChangeSettingsAsync(AccountSettings before, AccountSettings after);

    /// <summary>The account as it stands, also while a run is under way.</summary>
    [Alias("GetAccount"), AlwaysInterleave]
    Task<AccountView?> GetAccountAsync();

    /// <summary>
    /// Stops the schedule and erases the account's secrets at once, and its links and history in the background; CallGear is left as it is.
    /// Answers whether there was such an account.
    /// </summary>
    [Alias("Disconnect"), ResponseTimeout("00:01:00")]
    Task<bool> DisconnectAsync();

    /// <summary>Asks for a run (R1.2, R1.3, R1.4).</summary>
    [Alias("RequestRun")]
    Task<RunRequestAnswer> RequestRunAsync(RunRequest request);

    /// <summary>Approves what a held run named; a new run does it at once (R8.1, R8.2).</summary>
    [Alias("Approve")]
    Task<RunRequestAnswer> ApproveAsync(string runId);

    /// <summary>
    /// Stops a run that waits or is under way. What was begun for users is finished within seconds, or left to the next run; nobody else is
    /// touched, and what was done stays.
    /// </summary>
    /// <param name="runId">The run.</param>
    [Alias("CancelRun"), ResponseTimeout("00:01:00")]
    Task<RunRequestAnswer> CancelRunAsync(string runId);

    /// <summary>
    /// Notes that somebody decided to leave what waits for approval as it is (R8.1, R8.2, R8.12). Nothing else changes; the note ends as
    /// soon as something else waits.
    /// </summary>
    /// <param name="runId">The held run that was looked at.</param>
    /// <param name="by">Who decided.</param>
    [Alias("KeepHeld")]
    Task<RunRequestOutcome> KeepHeldAsync(string runId, AuditActor by);

    /// <summary>A run with some of its changes; null when there is none of that id, or the account is not connected.</summary>
    [Alias("GetRun"), AlwaysInterleave]
    Task<RunView?> GetRunAsync(string runId, ChangeStretch stretch);

    /// <summary>The account's runs that match, newest first: those that wait, the one under way, and those that have ended.</summary>
    /// <param name="query">Which runs.</param>
    [Alias("ListRuns"), AlwaysInterleave]
    Task<Page<RunSummary>?> ListRunsAsync(RunQuery query);

    /// <summary>How many of the account's runs that match stand at each status; a status that none has is left out.</summary>
    /// <param name="query">Which runs; its cursor, its limit and its statuses are left aside.</param>
    [Alias("CountRuns"), AlwaysInterleave]
    Task<ImmutableDictionary<RunStatus, int>?> CountRunsAsync(RunQuery query);

    /// <summary>Waits until a run is other than at the last look, or for the given time; a run that has ended answers at once.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="version">The version of the last look; 0 at first.</param>
    /// <param name="changesSeen">How many changes were seen.</param>
    /// <param name="wait">How long to wait at most, up to 20 seconds.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    [Alias("WatchRun"), AlwaysInterleave, ResponseTimeout("00:00:30")]
    Task<RunWatch?> WatchRunAsync(string runId, long version, int changesSeen, TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>The account's known users, by id.</summary>
    [Alias("ListEmployees"), AlwaysInterleave]
    Task<Page<EmployeeRow>?> ListEmployeesAsync(EmployeeQuery query);

    /// <summary>A stretch of the account's known users, and how many there are of each kind.</summary>
    [Alias("BrowseEmployees"), AlwaysInterleave]
    Task<EmployeeWindow?> BrowseEmployeesAsync(EmployeeStretch stretch);

    /// <summary>One known user with its history.</summary>
    [Alias("GetEmployee"), AlwaysInterleave]
    Task<EmployeeDetails?> GetEmployeeAsync(long bitrixUserId);

    /// <summary>The account's responsible employees, by user id (R7.1).</summary>
    [Alias("ListResponsible"), AlwaysInterleave]
    Task<ImmutableArray<ResponsibleEmployee>?> ListResponsibleAsync();

    /// <summary>
    /// Takes an employee out of the list by hand, or puts it back (R7.2). Runs and other calls of the account do not wait for the group
    /// that follows.
    /// </summary>
    [Alias("SetResponsible"), AlwaysInterleave, ResponseTimeout("00:02:00")]
    Task<ResponsibleChangeOutcome> SetResponsibleAsync(long bitrixUserId, bool responsible);

    /// <summary>
    /// Whether the token is the account's application token (R1.3), compared in constant time; false where the account has none or does not
    /// exist.
    /// </summary>
    [Alias("IsApplicationToken"), AlwaysInterleave]
    Task<bool> IsApplicationTokenAsync(string token);

    /// <summary>Looks whether the account is due, has an interrupted run, or lost its reminder, and puts that right.</summary>
    [Alias("Watch")]
    Task WatchAsync();
}
