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
    private readonly ListReading _lists;
    private readonly PortalCheck _portal;
    private readonly Dictionary<long, EmployeeResult> _settled = [];
    private readonly HashSet<long> _turnedUp = [];
    private CreateAnnouncements? _announcements;
    private CallFailure? _ending;
    private StandingScope _scope;

    public ImportRun(ImportRunContext context)
    {
        _context = context;
        _tally = new RunTally(context);
        _breaker = new CircuitBreaker(context.Time);
        _calls = new CallContext(context.Request.RunId, context.Request.IsUrgent, context.Connection.Generation);
        _writing = new RosterWriting(context, _tally);
        _users = new UserWork(context, _tally.Draft, _calls);
        _lists = new ListReading(context, _calls);
        _portal = new PortalCheck(context, _lists, _tally, _writing);
    }

    private QueuedRun Request => _context.Request;

    private StandingScope Scope =>
        Request.DryRun ? StandingScope.None : Request.OnlyUser is null ? StandingScope.All : StandingScope.OnlyUser;

    /// <summary>Does the run.</summary>
    /// <exception cref="OperationCanceledException">The activation ends; another takes the run up.</exception>
    public async Task<RunOutcome> RunAsync()
    {
        try
        {
            _context.CancellationToken.ThrowIfCancellationRequested();
            return await DecideAsync();
        }
        catch (OperationCanceledException) when (_context.Stopped() is { } stopped)
        {
            return End(RunStatus.Failed, stopped);
        }
    }

    private async Task<RunOutcome> DecideAsync()
    {
        await SettleAsync();
        if (_ending is null)
        {
            var read = await _lists.ReadAsync(_tally.Draft.Wanted);
            _ending = read.Failure;
            return _ending is null ? await CheckAsync(read.Value!) : End(RunStatus.Failed, _ending.Problem);
        }

        return End(RunStatus.Failed, _ending.Problem);
    }

    private async Task<RunOutcome> CheckAsync(ImportInput input)
    {
        var answer = await _portal.RunAsync(input);
        if (answer.Failure is { } failure)
        {
            _ending = failure;
            return End(RunStatus.Failed, failure.Problem);
        }

        if (answer.Hold is not { } held)
        {
            return await ImportAsync(input with { Roster = _tally.Draft.Wanted });
        }

        _scope = Scope;
        foreach (var link in answer.Links)
        {
            _tally.Record(link, new EmployeeResult());
        }

        return End(RunStatus.Held, held);
    }

    private async Task<RunOutcome> ImportAsync(ImportInput input)
    {
        var plan = ImportPlan.Create(input);
        if (await _lists.FindFaultAsync(input, plan) is { } fault)
        {
            return End(RunStatus.Failed, fault.Problem);
        }

        var work = plan.Decisions.Where(NeedsGrain).ToArray();
        _context.Progress.Begin(plan.Decisions.Length, plan.Decisions.Length - work.Length);
        _scope = Scope;
        foreach (var decision in plan.Decisions.Where(decision => !NeedsGrain(decision)))
        {
            RecordWithoutGrain(decision);
        }

        await _writing.WriteAsync();
        if (work.Length > 0)
        {
            await CarryOutAsync(plan, work);
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
        Read = _lists.Read,
        Roster = _tally.Draft.Stored,
        Doubtful = _writing.Doubtful.Union(_users.Doubtful).Union(_announcements?.Doubtful ?? []),
        Unstored = _writing.Unstored,
        Scope = _scope,
        Decided = _tally.Decided,
        Standing = [.. _tally.Standing.Values],
        Portal = _lists.Renewed,
        Generation = _context.Connection.Generation,
        Linked = _portal.Linked,
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

    private async Task CarryOutAsync(ImportPlan plan, Decision[] work)
    {
        await _context.Begin.NowAsync();
        _announcements = new CreateAnnouncements(_context, _tally.Draft, work);
        try
        {
            await SlidingWindow.ForEachAsync(work, _context.UsersAtATime, decision => CarryOutAsync(plan, decision));
        }
        catch (OperationCanceledException)
        {
            // Whoever takes the run up need not wait for creates that were never sent.
            _announcements.Withdraw();
            await _writing.WriteAsync();
            throw;
        }

        _announcements.Withdraw();
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
            ? _rights.RefusedBeforehand(decision) ?? await _users.DoAsync(instruction, _announcements!)
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
