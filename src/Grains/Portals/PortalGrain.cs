using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansSync.Grains.Admission;
using OrleansSync.Grains.Connections;
using OrleansSync.Grains.Connections.Credentials;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Portals;
using OrleansSync.Grains.Interfaces.Responsible;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Interfaces.Runs;
using OrleansSync.Grains.Placement;

namespace OrleansSync.Grains.Portals;

/// <inheritdoc cref="IPortalGrain"/>
/// <remarks>
/// Calls come one at a time, but a run is a task of the activation whose turns lie between them: whatever both touch is an immutable value
/// that is swapped.
/// </remarks>
[SuppressMessage(
    "Design", "CA1001", Justification = "OnDeactivateAsync disposes of it, once the work and the calls that use it have ended.")]
[AccountPlacement]
[CollectionAgeLimit(Minutes = 3)]
internal sealed partial class PortalGrain : Grain, IPortalGrain, IRemindable
{
    private readonly StoredAccount _account;
    private readonly IAccountRows _accounts;
    private readonly IUserRows _users;
    private readonly IRunRows _runs;
    private readonly AccountSecrets _secrets;
    private readonly IGrainFactory _grains;
    private readonly RunLimiter _limiter;
    private readonly DueBacklog _backlog;
    private readonly CredentialsAtHand _credentials;
    private readonly HandOver _handOver;
    private readonly CancellationToken _stopping;
    private readonly ImportOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<PortalGrain> _logger;
    private readonly SchedulePhase _schedule;

    public PortalGrain(
        IAccountRows accounts,
        IUserRows users,
        IRunRows runs,
        AccountSecrets secrets,
        IGrainFactory grains,
        RunLimiter limiter,
        DueBacklog backlog,
        CredentialsAtHand credentials,
        HandOver handOver,
        IHostApplicationLifetime lifetime,
        IOptions<ImportOptions> options,
        TimeProvider time,
        ILogger<PortalGrain> logger)
    {
        _accounts = accounts;
        _users = users;
        _runs = runs;
        _secrets = secrets;
        _grains = grains;
        _limiter = limiter;
        _backlog = backlog;
        _credentials = credentials;
        _handOver = handOver;
        _stopping = lifetime.ApplicationStopping;
        _options = options.Value;
        _time = time;
        _logger = logger;
        AccountId = GrainKeys.AccountOf(this.GetPrimaryKeyString());
        _account = new StoredAccount(AccountId, accounts, ColumnsOf);
        _schedule = new SchedulePhase(AccountId, _options.Period);
    }

    private string AccountId { get; }

    private PortalState State => _account.State;

    private AccountSettings Settings => _account.Settings;

    private string AccountKey => this.GetPrimaryKeyString();

    private IResponsibleEmployeesGrain Responsible => _grains.GetGrain<IResponsibleEmployeesGrain>(AccountKey);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await _account.WakeAsync();

        // A run that had begun is promised too, and is shown until it is taken up; but it does not wait any more, so that nobody may join
        // it.
        _queue = State.Active is { } active ? RunQueue.Without(State.Queue, active.Request.RunId) : State.Queue;
        if (State.Queue.Length > _queue.Length)
        {
            ProgressOf(State.Active!.Request);
        }

        _mayHaveBegun = State.Queue.FirstOrDefault()?.RunId;
        ResumeWork();
    }

    public Task<AccountView?> GetAccountAsync() => Task.FromResult(State.IsConnected ? View() : null);

    public async Task<bool> IsApplicationTokenAsync(string token) =>
        State.IsConnected
        && _account.Connection is { Connection.Bitrix24.ApplicationToken: not null } connection
        && await _grains.GetGrain<IBitrix24ConnectionGrain>(AccountKey).IsApplicationTokenAsync(token, connection.Generation);

    private AccountCounts Counts => RosterCounts.Of(_account.Roster.Values, _account.Excluded);

    private AccountView View()
    {
        var connection = _account.Connection!.Connection;
        var condition = ConditionOf(_account.Listed);
        return new AccountView
        {
            AccountId = AccountId,
            ConnectedAt = State.ConnectedAt!.Value,
            Connection = KeptSecrets.Without(connection),
            HasApplicationToken = connection.Bitrix24.ApplicationToken is not null,
            Portal = _account.Connection.Portal,
            Status = condition.Status,
            Problem = condition.Problem,
            Kept = condition.Status == AccountStatus.Held ? KeptHold.Of(_account.Listed) : null,
            LastSuccessAt = State.LastSuccessAt,
            FailingSince = condition.FailingSince,
            LastRun = _current is { Summary.Status: RunStatus.Running } current ? current.Summary : _account.LastRun,
            NextRunAt = NextRunAt(State, Settings),
            Counts = Counts,
        };
    }

    private AccountCondition ConditionOf(ListedState listed) =>
        AccountCondition.Of(listed, AccountCondition.OverdueAt(listed, _options.Period), _time.GetUtcNow());

    private AccountColumns ColumnsOf(ListedState listed) => ColumnsOf(listed, ConditionOf(listed), Counts);

    private AccountColumns ColumnsOf(ListedState listed, AccountCondition condition, AccountCounts counts) => new()
    {
        IsBeingErased = listed.State.IsBeingErased,
        Status = condition.Status,
        Problem = condition.Problem?.Code,
        OverdueAt = AccountCondition.OverdueAt(listed, _options.Period),
        DisplayName = listed.Connection.Connection.DisplayName,
        PortalKey = listed.Connection.Connection.Bitrix24.PortalKey,
        ConnectedAt = listed.State.ConnectedAt!.Value,
        LastRunAt = listed.LastRun?.FinishedAt,
        LastSuccessAt = listed.State.LastSuccessAt,
        NextRunAt = listed.State.IsBeingErased ? null : NextRunAt(listed.State, listed.Connection.Connection.Settings),
        FailuresInARow = listed.State.FailuresInARow,
        DecidedRun = listed.State.LastDecided,
        HasWork = listed.State is not { IsBeingErased: false, Active: null, Queue.IsEmpty: true },
        Imported = counts.Employees,
        NotImported = counts.NotImported,
    };
}
