using OrleansSync.Grains.Concurrency;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Portals;

/// <summary>One run: reads both systems, decides by the rules, has the users' grains carry it out, and adds up.</summary>
internal sealed class ImportRun
{
    private readonly ImportRunContext _context;
    private readonly RunTally _tally;
    private readonly RosterWriting _writing;
    private readonly UserWork _users;
    private readonly CircuitBreaker _breaker;
    private readonly WriteRights _rights = new();
    private readonly CallContext _calls;
    private readonly IBitrix24ConnectionGrain _bitrix24;
    private readonly ICallGearConnectionGrain _callGear;
    private readonly Dictionary<long, EmployeeResult> _settled = [];
    private readonly HashSet<long> _turnedUp = [];
    private CallFailure? _ending;
    private RenewedPortal? _portal;
    private StandingScope _scope;
    private ListsRead _read;

    public ImportRun(ImportRunContext context)
    {
        _context = context;
        _tally = new RunTally(context);
        _breaker = new CircuitBreaker(context.Time);
        _calls = new CallContext(context.Request.RunId, context.Request.IsUrgent, context.Connection.Generation);
        _writing = new RosterWriting(context, _tally);
        _users = new UserWork(context, _tally.Draft, _calls);
        var key = GrainKeys.Account(context.AccountId);
        _bitrix24 = context.Grains.GetGrain<IBitrix24ConnectionGrain>(key);
        _callGear = context.Grains.GetGrain<ICallGearConnectionGrain>(key);
    }

    private QueuedRun Request => _context.Request;

    /// <summary>Does the run.</summary>
    /// <exception cref="OperationCanceledException">The activation ends; another takes the run up.</exception>
    public async Task<RunOutcome> RunAsync()
    {
        await SettleAsync();
        if (_ending is null && await ReadAsync() is { } input)
        {
            return await ImportAsync(input);
        }

        return End(RunStatus.Failed, _ending!.Problem);
    }

    private async Task<RunOutcome> ImportAsync(ImportInput input)
    {
        var plan = ImportPlan.Create(input);
        if (await FindListFaultAsync(input, plan) is { } fault)
        {
            return End(RunStatus.Failed, fault.Problem);
        }

        var work = plan.Decisions.Where(NeedsGrain).ToArray();
        _context.Progress.Begin(plan.Decisions.Length, plan.Decisions.Length - work.Length);
        _scope = Request.DryRun ? StandingScope.None : Request.OnlyUser is null ? StandingScope.All : StandingScope.OnlyUser;
        foreach (var decision in plan.Decisions.Where(decision => !NeedsGrain(decision)))
        {
            RecordWithoutGrain(decision);
        }

        await _writing.WriteAsync();
        if (work.Length > 0)
        {
            await _context.Begin.NowAsync();
            await SlidingWindow.ForEachAsync(work, _context.UsersAtATime, decision => CarryOutAsync(plan, decision));
            _ending ??= _rights.OfAccount(input.Roster.Values.Any(row => row.IsImported));
        }

        _context.CancellationToken.ThrowIfCancellationRequested();
        var responsible = new ResponsibleReconciliation(_context, _tally);
        responsible.List(input, plan.Held, _turnedUp);
        await _writing.WriteAsync();
        var groupProblem = _ending is null ? await responsible.FollowAsync(_calls) : null;
        return Close(plan.Held, groupProblem);
    }

    private RunOutcome Close(AwaitingApproval held, Problem? groupProblem)
    {
        if (_ending is not null)
        {
            return End(RunStatus.Failed, _ending.Problem);
        }

        if (GuardProblems.Of(_context.AccountId, held, _context.Settings.MaxDeletionsPercent) is { } guard)
        {
            return End(RunStatus.Held, guard);
        }

        var isFlawed = _tally.Counts.Failed > 0 || _tally.HasPartialOutcome || groupProblem is not null;
        return End(isFlawed ? RunStatus.CompletedWithErrors : RunStatus.Succeeded, groupProblem);
    }

    private RunOutcome End(RunStatus status, Problem? error) => new()
    {
        Status = status,
        Error = error,
        Counts = _tally.Counts,
        Read = _read,
        Roster = _tally.Draft.Stored,
        Doubtful = _writing.Doubtful.Union(_users.Doubtful),
        Unstored = _writing.Unstored,
        Scope = _scope,
        Decided = _tally.Decided,
        Standing = [.. _tally.Standing.Values],
        Portal = _portal,
        Generation = _context.Connection.Generation,
        IsInterrupted = _users.IsInterrupted || _ending is { IsOutdated: true },
    };

    // What earlier runs left open comes first, so that the plan sees every link there is.
    private async Task SettleAsync()
    {
        foreach (var userId in _context.Doubtful)
        {
            await _users.ReadAsync(userId);
        }

        var open = _tally.Draft.Stored.Values.Where(row => row.Intent is not null).Select(row => row.UserId).ToArray();
        if (open.Length == 0 || Request.DryRun)
        {
            return;
        }

        await _context.Begin.NowAsync();
        await SlidingWindow.ForEachAsync(open, _context.UsersAtATime, async userId =>
        {
            var result = await Settlement.OfAsync(() => _users.SettleAsync(userId), _context);
            _tally.Settled(userId, result);
            Note(result);
            if (result.Outcome is not null)
            {
                _settled[userId] = result;
            }
        });
    }

    private async Task<ImportInput?> ReadAsync()
    {
        var users = Request.OnlyUser is { } only
            ? _bitrix24.GetUserAsync(only, _calls, _context.CancellationToken)
            : _bitrix24.ListUsersAsync(_calls, _context.CancellationToken);
        var employees = _callGear.ListEmployeesAsync(_calls, _context.CancellationToken);
        await Task.WhenAll(users, employees);

        var (userList, employeeList) = (await users, await employees);
        _context.CountBitrix24(userList.Calls);
        _context.CountCallGear(employeeList.Calls);
        _portal = await FindPortalAsync();
        _ending = userList.Failure ?? employeeList.Failure;
        _read = (userList.Failure is null ? ListsRead.Bitrix24 : ListsRead.None)
            | (employeeList.Failure is null ? ListsRead.CallGear : ListsRead.None);
        if (_ending is null && ImportPlan.LacksEmailScope(userList.Value))
        {
            _ending = new CallFailure { Problem = ScopeProblem(userList.Value.Length) };
        }

        return _ending is not null ? null : new ImportInput
        {
            Users = userList.Value,
            Employees = employeeList.Value,
            Roster = _tally.Draft.Wanted,
            Edition = _context.Connection.Connection.Bitrix24.Edition,
            Settings = _context.Settings,
            Awaiting = _context.Awaiting,
            Approved = Request.Approved,
            OnlyUser = Request.OnlyUser,
        };
    }

    // Asked after the calls that may have renewed the tokens, also where they failed.
    private async Task<RenewedPortal?> FindPortalAsync() =>
        _context.Connection.Connection.Bitrix24.IsOAuth ? await _bitrix24.GetPortalAsync(_context.Connection.Generation) : null;

    private async Task<CallFailure?> FindListFaultAsync(ImportInput input, ImportPlan plan)
    {
        foreach (var userId in AbsenceCheck.UsersToLookUp(input, plan))
        {
            var user = await _bitrix24.GetUserAsync(userId, _calls, _context.CancellationToken);
            _context.CountBitrix24(user.Calls);
            if (user.Failure is not null || !user.Value.IsEmpty)
            {
                return user.Failure ?? AbsenceCheck.NotWhole(_context.AccountId, userId);
            }
        }

        return null;
    }

    private Problem ScopeProblem(int users) => new(
        ProblemCode.Bitrix24Scope,
        $"Bitrix24 answered {users} users of account {_context.AccountId}, none with an e-mail field: the key may not see contact data. "
        + "Give the webhook or application the scope user_basic; nothing was changed.");

    // Who cannot be read is not decided on: it may have an employee.
    private bool NeedsGrain(Decision decision) =>
        !Request.DryRun && (_users.IsUnreadable(decision.UserId) || decision is EmployeeInstruction);

    private void RecordWithoutGrain(Decision decision)
    {
        if (decision.TakenOverFrom is { } former)
        {
            _tally.RecordTakeOver(decision.UserId, former);
        }

        var result = _settled.Remove(decision.UserId, out var settled) && settled.Outcome == ChangeOutcome.Created ? settled
            : Request.DryRun ? PlannedResult.Of(decision)
            : new EmployeeResult();
        _tally.Record(decision, result);
    }

    private async Task CarryOutAsync(ImportPlan plan, Decision decision)
    {
        _context.CancellationToken.ThrowIfCancellationRequested();
        if (_ending is not null)
        {
            return;
        }

        // Who could not be settled is not decided on: it may have an employee that nobody has seen yet.
        var result = _settled.Remove(decision.UserId, out var settled) && settled.Outcome == ChangeOutcome.Failed
            ? settled
            : await ApplyAsync(decision);
        if (!result.Found.IsDefaultOrEmpty)
        {
            _turnedUp.UnionWith(result.Found.Select(employee => employee.Id));
            decision = plan.DecideAgain(decision.UserId, result.Found);
            result = await ApplyAsync(decision is CreateEmployee create ? create with { LookUpFirst = false } : decision);
            if (!result.Found.IsDefaultOrEmpty)
            {
                result = UnfinishedUser.Unfit(decision);
            }
        }

        Note(result);
        _rights.Note(decision, result);
        _tally.Record(decision, result);
        if (result.Outcome != ChangeOutcome.Failed && decision.TakenOverFrom is { } former)
        {
            _tally.RecordTakeOver(decision.UserId, former);
        }

        _context.Progress.Advance();
    }

    private async Task<EmployeeResult> ApplyAsync(Decision decision)
    {
        if (_users.IsUnreadable(decision.UserId))
        {
            return UnfinishedUser.Unreadable(decision.UserId, decision.Name);
        }

        return decision is EmployeeInstruction instruction
            ? _rights.RefusedBeforehand(decision) ?? await _users.DoAsync(instruction)
            : new EmployeeResult();
    }

    private void Note(EmployeeResult result)
    {
        if (result.EndsRun)
        {
            _ending ??= new CallFailure { Problem = result.Reason!, IsOutdated = result.Reason!.Code == ProblemCode.Interrupted };
        }
        else if (_breaker.OpensAfter(result))
        {
            _ending ??= CircuitBreaker.Failure(_context.AccountId);
        }
    }
}
