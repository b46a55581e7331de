using System.Collections.Immutable;
using OrleansSync.Api.Runs;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Audit;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Portals;
using OrleansSync.Grains.Interfaces.Responsible;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Tests.Hosting;

/// <summary>An account that answers what a test says and remembers what it was asked.</summary>
internal sealed class ScriptedPortal(string accountId) : IPortalGrain
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public AccountView? Account { get; set; }

    public ConnectResponse? NextConnect { get; set; }

    public List<AccountConnection> Connected { get; } = [];

    public List<RunRequest> Requested { get; } = [];

    public List<string> Approved { get; } = [];

    public List<(long User, bool Responsible)> SetResponsible { get; } = [];

    public RunRequestAnswer NextRun { get; set; } = new(RunRequestOutcome.Accepted, Samples.Run());

    public Dictionary<string, WholeRun> Runs { get; } = new(StringComparer.Ordinal);

    public List<ChangeStretch> Stretches { get; } = [];

    /// <summary>What looks at a run answer, one behind the other; the last one again and again.</summary>
    public Queue<RunWatch> Watches { get; } = new();

    /// <summary>Completes when a look's wait was cancelled.</summary>
    public Task Ended => _ended.Task;

    public List<(long Version, int ChangesSeen)> Looks { get; } = [];

    /// <summary>After so many looks the run is not there any more.</summary>
    public int VanishesAfter { get; set; } = int.MaxValue;

    public Page<RunSummary> RunPage { get; set; } = new([], null);

    public (string? Cursor, int Limit) LastRunList { get; private set; }

    public Page<EmployeeRow> EmployeePage { get; set; } = new([], null);

    public EmployeeQuery? LastEmployeeQuery { get; private set; }

    /// <summary>Which stretches of the employees were asked for.</summary>
    public List<EmployeeStretch> EmployeeStretches { get; } = [];

    public EmployeeDetails? Employee { get; set; }

    public ImmutableArray<ResponsibleEmployee> Responsible { get; set; } = [];

    public ResponsibleChangeOutcome NextResponsible { get; set; }

    public string? ApplicationToken { get; set; }

    public Task<ConnectResponse> ConnectAsync(AccountConnection connection)
    {
        Connected.Add(connection);
        if (NextConnect is { } scripted)
        {
            return Task.FromResult(scripted);
        }

        var outcome = Account is null ? ConnectOutcome.Connected : ConnectOutcome.Updated;
        Account = Samples.Account(accountId) with
        {
            Connection = connection,
            HasApplicationToken = connection.Bitrix24.ApplicationToken is not null || Account?.HasApplicationToken == true,
        };
        return Task.FromResult(new ConnectResponse(outcome, null, Account));
    }

    /// <summary>What happens just before settings are changed; null for nothing.</summary>
    public Action? BeforeSettingsChange { get; set; }

    public Task<SettingsResponse> ChangeSettingsAsync(AccountSettings before, AccountSettings after)
    {
        BeforeSettingsChange?.Invoke();
        if (Account is not { } account)
        {
            return Task.FromResult(new SettingsResponse(SettingsOutcome.NoAccount, null));
        }

        if (account.Connection.Settings != before)
        {
            return Task.FromResult(new SettingsResponse(SettingsOutcome.Outdated, account));
        }

        Account = account with { Connection = account.Connection with { Settings = after } };
        return Task.FromResult(new SettingsResponse(SettingsOutcome.Changed, Account));
    }

    public Task<AccountView?> GetAccountAsync() => Task.FromResult(Account);

    public Task<bool> DisconnectAsync()
    {
        var was = Account is not null;
        Account = null;
        return Task.FromResult(was);
    }

    public Task<RunRequestAnswer> RequestRunAsync(RunRequest request)
    {
        Requested.Add(request);
        return Task.FromResult(Account is null ? new RunRequestAnswer(RunRequestOutcome.NoAccount) : NextRun);
    }

    public Task<RunRequestAnswer> ApproveAsync(string runId)
    {
        Approved.Add(runId);
        return Task.FromResult(Account is null ? new RunRequestAnswer(RunRequestOutcome.NoAccount) : NextRun);
    }

    public List<string> Cancelled { get; } = [];

    public List<(string RunId, AuditActor By)> Kept { get; } = [];

    public RunRequestOutcome NextKept { get; set; }

    public Task<RunRequestAnswer> CancelRunAsync(string runId)
    {
        Cancelled.Add(runId);
        return Task.FromResult(Account is null ? new RunRequestAnswer(RunRequestOutcome.NoAccount) : NextRun);
    }

    public Task<RunRequestOutcome> KeepHeldAsync(string runId, AuditActor by)
    {
        Kept.Add((runId, by));
        return Task.FromResult(Account is null ? RunRequestOutcome.NoAccount : NextKept);
    }

    public Task<RunView?> GetRunAsync(string runId, ChangeStretch stretch)
    {
        Stretches.Add(stretch);
        return Task.FromResult(
            Runs.GetValueOrDefault(runId) is { } run ? new RunView(run.Summary, ChangePage.Of(run.Changes, stretch)) : null);
    }

    public Task<Page<RunSummary>?> ListRunsAsync(RunQuery query)
    {
        LastRunList = (query.Cursor, query.Limit);
        return Task.FromResult(Account is null ? null : RunPage);
    }

    public Task<ImmutableDictionary<RunStatus, int>?> CountRunsAsync(RunQuery query) => Task.FromResult(Account is null ? null :
        RunPage.Items.Where(query.Wants).GroupBy(run => run.Status).ToImmutableDictionary(same => same.Key, same => same.Count()));

    public async Task<RunWatch?> WatchRunAsync(
        string runId, long version, int changesSeen, TimeSpan wait, CancellationToken cancellationToken)
    {
        Looks.Add((version, changesSeen));
        if (Watches.Count == 0 || Looks.Count > VanishesAfter)
        {
            return null;
        }

        var watch = Watches.Count > 1 ? Watches.Dequeue() : Watches.Peek();
        if (watch.Version == version && !watch.Run.IsFinished && wait > TimeSpan.Zero)
        {
            // Nothing new is scripted: keeps the caller waiting, and answers as things stand when the wait is cancelled.
            await Task.WhenAny(Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken));
            _ended.TrySetResult();
        }

        return watch;
    }

    public Task<Page<EmployeeRow>?> ListEmployeesAsync(EmployeeQuery query)
    {
        LastEmployeeQuery = query;
        return Task.FromResult(Account is null ? null : EmployeePage);
    }

    public Task<EmployeeWindow?> BrowseEmployeesAsync(EmployeeStretch stretch)
    {
        EmployeeStretches.Add(stretch);
        var matching = EmployeePage.Items
            .Where(row => (stretch.Outcome is null || row.Outcome == stretch.Outcome)
                && (stretch.Reason is null || row.Reason?.Code == stretch.Reason)
                && (!stretch.TakenOut || row is { Outcome: EmployeeOutcome.Matched, Responsible: false })
                && (stretch.Query is null || row.Name.Contains(stretch.Query, StringComparison.OrdinalIgnoreCase)))
            .ToList();
        var tallies = EmployeePage.Items.GroupBy(row => (row.Outcome, row.Reason?.Code))
            .Select(group => new EmployeeTally(group.Key.Outcome, group.Key.Code, group.Count()));
        return Task.FromResult(Account is null
            ? null
            : new EmployeeWindow([.. matching.Skip(stretch.Skip).Take(stretch.Take)], matching.Count, [.. tallies]));
    }

    public Task<EmployeeDetails?> GetEmployeeAsync(long bitrixUserId) =>
        Task.FromResult(Employee?.Row.BitrixUserId == bitrixUserId ? Employee : null);

    public Task<ImmutableArray<ResponsibleEmployee>?> ListResponsibleAsync() =>
        Task.FromResult(Account is null ? null : (ImmutableArray<ResponsibleEmployee>?)Responsible);

    public Task<ResponsibleChangeOutcome> SetResponsibleAsync(long bitrixUserId, bool responsible)
    {
        SetResponsible.Add((bitrixUserId, responsible));
        return Task.FromResult(NextResponsible);
    }

    public Task<bool> IsApplicationTokenAsync(string token) => Task.FromResult(ApplicationToken is not null && ApplicationToken == token);

    public Task WatchAsync() => Task.CompletedTask;
}
