using System.Collections.Immutable;
using OrleansSync.Grains.Concurrency;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Portals;

/// <summary>One run: reads both systems, decides by the rules, has the users' grains carry it out, and adds up.</summary>
internal sealed class ImportRun
{
    private readonly ImportRunContext _context;
    private readonly RunTally _tally;
    private readonly LastingOutage _outage;
    private readonly CallContext _calls;
    private readonly IBitrix24ConnectionGrain _bitrix24;
    private readonly ICallGearConnectionGrain _callGear;
    private readonly Dictionary<long, EmployeeResult> _settled = [];
    private readonly HashSet<long> _turnedUp = [];
    private ImmutableSortedSet<long> _unsettled = [];
    private CallFailure? _ending;
    private bool _isInterrupted;

    public ImportRun(ImportRunContext context)
    {
        _context = context;
        _tally = new RunTally(context.Roster, context.Progress);
        _outage = new LastingOutage(context.Time);
        _calls = new CallContext(context.Request.RunId, context.Request.IsUrgent);
        var key = GrainKeys.Account(context.AccountId);
        _bitrix24 = context.Grains.GetGrain<IBitrix24ConnectionGrain>(key);
        _callGear = context.Grains.GetGrain<ICallGearConnectionGrain>(key);
    }

    private QueuedRun Request => _context.Request;

    /// <summary>Does the run.</summary>
    /// <exception cref="OperationCanceledException">The activation ends; another takes the run up.</exception>
    public async Task<ImportRunEnd> RunAsync()
    {
        await SettleAsync();
        if (_ending is null && await ReadAsync() is { } input)
        {
            return await ImportAsync(input);
        }

        return End(RunStatus.Failed, _ending!.Problem, held: null);
    }

    private async Task<ImportRunEnd> ImportAsync(ImportInput input)
    {
        var plan = ImportPlan.Create(input);
        if (await FindListFaultAsync(input, plan) is { } fault)
        {
            return End(RunStatus.Failed, fault.Problem, held: null);
        }

        var work = plan.Decisions.Where(NeedsGrain).ToArray();
        var rest = plan.Decisions.Where(decision => !NeedsGrain(decision)).ToArray();
        _context.Progress.Begin(plan.Decisions.Length, rest.Length);
        foreach (var decision in rest)
        {
            if (Instructions.TakenOverFrom(decision) is { } former)
            {
                _tally.RecordTakeOver(decision.UserId, former);
            }

            _tally.Record(decision, ResultWithoutGrain(decision));
        }

        if (work.Length > 0)
        {
            if (!Request.DryRun)
            {
                await _context.BeforeChangesAsync(UsersOf(work));
            }

            await SlidingWindow.ForEachAsync(work, _context.UsersAtATime, decision => CarryOutAsync(plan, decision));
        }

        _context.CancellationToken.ThrowIfCancellationRequested();
        var responsible = new ResponsibleReconciliation(_context, _tally, _calls);
        var groupProblem = await responsible.RunAsync(input, plan.Held, _turnedUp, isGroupReachable: _ending is null);
        return Close(plan.Held, groupProblem);
    }

    private ImportRunEnd Close(AwaitingApproval held, Problem? groupProblem)
    {
        if (_ending is not null)
        {
            return End(RunStatus.Failed, _ending.Problem, held);
        }

        if (GuardProblems.Of(_context.AccountId, held, _context.Settings.MaxDeletionsPercent) is { } guard)
        {
            return End(RunStatus.Held, guard, held);
        }

        var isFlawed = _tally.Counts.Failed > 0 || _tally.HasPartialOutcome || groupProblem is not null;
        return End(isFlawed ? RunStatus.CompletedWithErrors : RunStatus.Succeeded, groupProblem, held);
    }

    private ImportRunEnd End(RunStatus status, Problem? error, AwaitingApproval? held) => new()
    {
        Status = status,
        Error = error,
        Counts = _tally.Counts,
        Roster = _tally.Roster,
        Held = held,
        Unsettled = _unsettled,
        IsInterrupted = _isInterrupted,
    };

    // What earlier runs left open comes first, so that the plan sees every link there is.
    private async Task SettleAsync()
    {
        await SlidingWindow.ForEachAsync([.. _context.Unsettled], _context.UsersAtATime, async userId =>
        {
            var result = await Settlement.OfAsync(EmployeeOf(userId), _context, _calls);
            _tally.Mirror(userId, result.Link);
            Note(userId, result);
            if (result.Outcome is not null)
            {
                _settled[userId] = result;
            }
        });
        _tally.RecordTakeOversAmong(_context.Unsettled);
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
        _ending = userList.Failure ?? employeeList.Failure;
        if (_ending is null && ImportPlan.LacksEmailScope(userList.Value))
        {
            _ending = new CallFailure { Problem = ScopeProblem(userList.Value.Length) };
        }

        return _ending is not null ? null : new ImportInput
        {
            Users = userList.Value,
            Employees = employeeList.Value,
            Roster = _tally.Roster,
            Edition = _context.Edition,
            Settings = _context.Settings,
            Awaiting = _context.Awaiting,
            Approved = Request.Approved,
            OnlyUser = Request.OnlyUser,
        };
    }

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

    private bool NeedsGrain(Decision decision) =>
        !Request.DryRun
        && (decision is Forget || Instructions.TakenOverFrom(decision) is not null || Instructions.For(decision, EntryOf(decision.UserId), _context.Awaiting) is not null);

    private EmployeeResult ResultWithoutGrain(Decision decision) =>
        _settled.Remove(decision.UserId, out var settled) && settled.Outcome == ChangeOutcome.Created ? settled
        : Request.DryRun ? PlannedResult.Of(decision)
        : new EmployeeResult();

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
            result = await ApplyAsync(decision is Create create ? create with { LookUpFirst = false } : decision);
            if (!result.Found.IsDefaultOrEmpty)
            {
                result = UnfinishedUser.Unfit(decision);
            }
        }

        Note(decision.UserId, result);
        _tally.Record(decision, result);
        if (result.Outcome != ChangeOutcome.Failed && Instructions.TakenOverFrom(decision) is { } former)
        {
            await EndLinkAsync(former, decision.UserId);
        }

        _context.Progress.Advance();
    }

    private async Task<EmployeeResult> ApplyAsync(Decision decision)
    {
        if (decision is Forget)
        {
            await EmployeeOf(decision.UserId).ClearAsync();
            return new EmployeeResult();
        }

        if (Instructions.For(decision, EntryOf(decision.UserId), _context.Awaiting) is not { } instruction)
        {
            return new EmployeeResult();
        }

        try
        {
            var result = await EmployeeOf(decision.UserId).ApplyAsync(instruction, _calls, _context.Changes);
            _context.CountCallGear(result.Calls);
            if (decision is Fill { IsReturn: true })
            {
                var returned = new NoteOutcome(ChangeOutcome.Returned, Reason: null);
                await EmployeeOf(decision.UserId).ApplyAsync(returned, _calls, _context.Changes);
            }

            return result;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _context.LogEmployeeFailed(decision.UserId, exception);
            _isInterrupted = true;
            return UnfinishedUser.Interrupted(decision);
        }
    }

    // Comes after the new link: in between both users have one, and the next run ends the deleted user's.
    private async Task EndLinkAsync(long formerUserId, long newUserId)
    {
        await EmployeeOf(formerUserId).ApplyAsync(Instructions.EndLink(newUserId), _calls, _context.Changes);
        _tally.RecordTakeOver(newUserId, formerUserId);
    }

    private void Note(long userId, EmployeeResult result)
    {
        if (result.IsUnsettled)
        {
            _unsettled = _unsettled.Add(userId);
        }

        if (result.EndsRun)
        {
            _ending ??= new CallFailure { Problem = result.Reason! };
        }
        else if (_outage.LastsAfter(result))
        {
            _ending ??= LastingOutage.Failure(_context.AccountId);
        }
    }

    private static ImmutableSortedSet<long> UsersOf(IEnumerable<Decision> work) =>
        [.. work.SelectMany(decision => Instructions.TakenOverFrom(decision) is { } former ? [decision.UserId, former] : new[] { decision.UserId })];

    private UserRow? EntryOf(long userId) => _context.Roster.GetValueOrDefault(userId);

    private IEmployeeGrain EmployeeOf(long userId) => _context.Grains.GetGrain<IEmployeeGrain>(GrainKeys.User(_context.AccountId, userId));
}
