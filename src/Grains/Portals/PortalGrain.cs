using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Placement;
using OrleansSync.Grains.Storage;

namespace OrleansSync.Grains.Portals;

/// <inheritdoc cref="IPortalGrain"/>
/// <remarks>
/// Calls come one at a time, but a run is a task of the activation whose turns lie between them: whatever both touch is an immutable value that is swapped.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "OnDeactivateAsync disposes of it, once the work and the calls that use it have ended.")]
[AccountPlacement]
[CollectionAgeLimit(Minutes = 3)]
internal sealed partial class PortalGrain : Grain, IPortalGrain, IRemindable
{
    private readonly StoredState<PortalState> _portal;
    private readonly StoredState<RosterState> _roster;
    private readonly IGrainFactory _grains;
    private readonly RunAdmission _admission;
    private readonly DueLine _due;
    private readonly HandOver _handOver;
    private readonly CancellationToken _stopping;
    private readonly ImportOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<PortalGrain> _logger;
    private readonly SchedulePhase _schedule;

    public PortalGrain(
        [PersistentState("portal")] IPersistentState<PortalState> portal,
        [PersistentState("roster")] IPersistentState<RosterState> roster,
        IGrainFactory grains,
        RunAdmission admission,
        DueLine due,
        HandOver handOver,
        IHostApplicationLifetime lifetime,
        IOptions<ImportOptions> options,
        TimeProvider time,
        ILogger<PortalGrain> logger)
    {
        _portal = new StoredState<PortalState>(portal);
        _roster = new StoredState<RosterState>(roster);
        _grains = grains;
        _admission = admission;
        _due = due;
        _handOver = handOver;
        _stopping = lifetime.ApplicationStopping;
        _options = options.Value;
        _time = time;
        _logger = logger;
        AccountId = GrainKeys.AccountOf(this.GetPrimaryKeyString());
        _schedule = new SchedulePhase(AccountId, _options.Period);
    }

    private string AccountId { get; }

    private PortalState State => _portal.Current;

    private string AccountKey => this.GetPrimaryKeyString();

    private IResponsibleEmployeesGrain Responsible => _grains.GetGrain<IResponsibleEmployeesGrain>(AccountKey);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _queue = State.Queue;
        ResumeWork();
        return Task.CompletedTask;
    }

    public async Task<ConnectAnswer> ConnectAsync(AccountConnection connection)
    {
        // Who disconnects an account and connects it again at once should not have to try twice.
        if (State.IsBeingErased)
        {
            await Task.WhenAny(_work, Task.Delay(_erasurePatience, _time));
        }

        if (State.IsBeingErased)
        {
            return new ConnectAnswer(ConnectOutcome.BeingErased, null, null);
        }

        if (MissingSecrets.Find(connection, State.IsConnected ? State.Connection : null) is { } missing)
        {
            return new ConnectAnswer(ConnectOutcome.SecretMissing, missing, null);
        }

        var isNew = !State.IsConnected;
        if (await StoreSecretsAsync(connection) is { } lost)
        {
            return new ConnectAnswer(ConnectOutcome.SecretMissing, lost, null);
        }

        var wasSuspended = State.Suspension is not null;
        var isReminderStale = isNew || State.ReminderPeriod != _options.Period;
        await _portal.UpdateAsync(state => Connected(state, connection));
        await EnsureReminderAsync(isReminderStale);
        if ((isNew || wasSuspended) && !connection.Settings.Paused)
        {
            await EnqueueAsync(NewRequest(RunTrigger.Connected));
        }

        LogConnected(AccountId, isNew);
        return new ConnectAnswer(isNew ? ConnectOutcome.Connected : ConnectOutcome.Updated, null, await GetAccountAsync());
    }

    public async Task<AccountView?> GetAccountAsync()
    {
        if (!State.IsConnected)
        {
            return null;
        }

        var responsible = await Responsible.ListAsync();
        return new AccountView
        {
            AccountId = AccountId,
            ConnectedAt = State.ConnectedAt!.Value,
            Connection = State.Connection!,
            HasApplicationToken = State.HasApplicationToken,
            Status = State.Status,
            Problem = State.Problem,
            LastRun = _current is { Summary.Status: RunStatus.Running } current ? current.Summary : State.Runs.FirstOrDefault(),
            NextRunAt = NextRunAt(),
            Counts = RosterCounts.Of(_roster.Current.Users.Values, responsible.Length),
        };
    }

    public async Task<Page<EmployeeRow>?> ListEmployeesAsync(EmployeeQuery query) =>
        State.IsConnected ? RosterPage.Of(_roster.Current.Users, await ResponsibleUsersAsync(), query) : null;

    public async Task<EmployeeWindow?> BrowseEmployeesAsync(EmployeeStretch stretch) =>
        State.IsConnected ? RosterPage.Of(_roster.Current.Users, await ResponsibleUsersAsync(), stretch) : null;

    public async Task<EmployeeDetails?> GetEmployeeAsync(long bitrixUserId)
    {
        if (!State.IsConnected || !_roster.Current.Users.TryGetValue(bitrixUserId, out var entry))
        {
            return null;
        }

        var history = await _grains.GetGrain<IEmployeeGrain>(GrainKeys.User(AccountId, bitrixUserId)).GetHistoryAsync();
        return new EmployeeDetails(RosterPage.RowOf(entry, await ResponsibleUsersAsync()), history);
    }

    public async Task<ImmutableArray<ResponsibleEmployee>?> ListResponsibleAsync()
    {
        if (!State.IsConnected)
        {
            return null;
        }

        var users = await Responsible.ListAsync();
        return [.. users.Select(user =>
            new ResponsibleEmployee(user.BitrixUserId, user.CallGearEmployeeId, _roster.Current.Users.GetValueOrDefault(user.BitrixUserId)?.Name ?? string.Empty))];
    }

    public async Task<ResponsibleChangeOutcome> SetResponsibleAsync(long bitrixUserId, bool responsible)
    {
        if (!State.IsConnected || _roster.Current.Users.GetValueOrDefault(bitrixUserId) is not { Link: { } link } entry)
        {
            return ResponsibleChangeOutcome.NotImported;
        }

        if (entry.IsDeleted && responsible)
        {
            return ResponsibleChangeOutcome.Deleted;
        }

        var failure = await Responsible.SetByHandAsync(new ImportedUser(bitrixUserId, link.EmployeeId), responsible, State.Settings.ResponsibleGroupId);
        if (failure is not null)
        {
            LogGroupDoesNotFollow(AccountId, failure.Problem.Code, failure.Problem.Message);
            await _portal.UpdateAsync(state => state with { Problem = state.Problem ?? failure.Problem });
        }

        return ResponsibleChangeOutcome.Done;
    }

    public async Task<bool> IsApplicationTokenAsync(string token) =>
        State is { IsConnected: true, HasApplicationToken: true }
        && await _grains.GetGrain<IBitrix24ConnectionGrain>(AccountKey).IsApplicationTokenAsync(token);

    private async Task<HashSet<long>> ResponsibleUsersAsync() => [.. (await Responsible.ListAsync()).Select(user => user.BitrixUserId)];

    private async Task<string?> StoreSecretsAsync(AccountConnection connection) =>
        await _grains.GetGrain<IBitrix24ConnectionGrain>(AccountKey).ConfigureAsync(connection.Bitrix24)
        ?? await _grains.GetGrain<ICallGearConnectionGrain>(AccountKey).ConfigureAsync(connection.CallGear);

    private PortalState Connected(PortalState state, AccountConnection connection) => state with
    {
        ConnectedAt = state.ConnectedAt ?? _time.GetUtcNow(),
        LastServedAt = state.ConnectedAt is null ? _time.GetUtcNow() : state.LastServedAt,
        ReminderPeriod = _options.Period,
        Connection = connection with
        {
            Bitrix24 = connection.Bitrix24 with { WebhookUrl = null, AccessToken = null, RefreshToken = null, ApplicationToken = null },
            CallGear = connection.CallGear with { AccessToken = null },
        },
        HasApplicationToken = state.HasApplicationToken || connection.Bitrix24.ApplicationToken is not null,
        Problem = state.Problem is { NeedsPerson: true } ? null : state.Problem,
        Suspension = null,
    };
}
