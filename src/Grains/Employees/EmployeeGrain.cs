using System.Collections.Immutable;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Placement;
using OrleansSync.Grains.Storage;

namespace OrleansSync.Grains.Employees;

/// <inheritdoc cref="IEmployeeGrain"/>
[AccountPlacement]
[CollectionAgeLimit(Minutes = 3)]
internal sealed class EmployeeGrain(
    [PersistentState("employee")] IPersistentState<EmployeeState> storage,
    IGrainFactory grains,
    TimeProvider time) : Grain, IEmployeeGrain
{
    private readonly StoredState<EmployeeState> _state = new(storage);

    private ICallGearConnectionGrain CallGear =>
        grains.GetGrain<ICallGearConnectionGrain>(GrainKeys.Account(GrainKeys.AccountOf(this.GetPrimaryKeyString())));

    public Task<EmployeeLink?> GetLinkAsync() => Task.FromResult(_state.Current.Link);

    public Task<ImmutableArray<HistoryEntry>> GetHistoryAsync() => Task.FromResult(_state.Current.History);

    public async Task ClearAsync()
    {
        await _state.ClearAsync();
        DeactivateOnIdle();
    }

    public Task<EmployeeResult> ApplyAsync(EmployeeInstruction instruction, CallContext context, CancellationToken cancellationToken) => instruction switch
    {
        NoteOutcome note => NoteAsync(note, context),
        SettleEmployee => SettleAsync(context, cancellationToken),
        FillNumbers fill => FillAsync(fill, context, cancellationToken),
        _ when _state.Current.Link is { } link && link.EmployeeId != instruction.StaleEmployeeId => Task.FromResult(new EmployeeResult { Link = link }),
        LinkEmployee link => LinkAsync(link, context, cancellationToken),
        CreateEmployee create => CreateAsync(create, context, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(instruction), instruction.GetType().Name, "An instruction this release does not know."),
    };

    private async Task<EmployeeResult> NoteAsync(NoteOutcome note, CallContext context)
    {
        var employeeId = _state.Current.Link?.EmployeeId;
        await _state.UpdateAsync(state =>
        {
            var next = state.With(Entry(context, note.Outcome, note.Reason, employeeId, [], note.Note));
            return note.EndsLink && state.Link is not null ? next with { Link = null } : next;
        });
        return new EmployeeResult { Outcome = note.Outcome, Reason = note.Reason, Link = _state.Current.Link };
    }

    private async Task<EmployeeResult> SettleAsync(CallContext context, CancellationToken cancellationToken)
    {
        return _state.Current is { Link: null, Intent: { } intent }
            ? await AdoptAsync(intent, context, cancellationToken)
            : new EmployeeResult { Link = _state.Current.Link };
    }

    // The employee that an earlier create made whose answer nobody got. No outcome: there is none, and a new one may be made.
    private async Task<EmployeeResult> AdoptAsync(CreateIntent intent, CallContext context, CancellationToken cancellationToken)
    {
        var answer = await CallGear.FindByEmailAsync(intent.Email, context, cancellationToken);
        if (answer.Failure is { } failure)
        {
            return await FailAsync(failure.Problem, answer.Calls, failure.ConcernsAccount, context, intent);
        }

        if (CreateFlow.OwnAmong(answer.Value, intent.LastName) is { } own)
        {
            return await StoreLinkAsync(
                new EmployeeLink(own.Id, intent.Email, LinkOrigin.Created, time.GetUtcNow()),
                new EmployeeResult { Outcome = ChangeOutcome.Created, Fields = FieldsOf(own), NumbersAdded = own.Numbers.Length, Calls = answer.Calls },
                "The employee had been created by an import that was interrupted.",
                context);
        }

        return time.GetUtcNow() < intent.OpenUntil
            ? new EmployeeResult
            {
                Outcome = ChangeOutcome.Failed,
                Reason = StillOpen(intent),
                Calls = answer.Calls,
                IsUnsettled = true,
                OpenUntil = intent.OpenUntil,
            }
            : new EmployeeResult { Calls = answer.Calls };
    }

    private async Task<EmployeeResult> CreateAsync(CreateEmployee create, CallContext context, CancellationToken cancellationToken)
    {
        var calls = 0;
        if (_state.Current.Intent is { } intent)
        {
            var adopted = await AdoptAsync(intent, context, cancellationToken);
            if (adopted.Outcome is not null)
            {
                return adopted;
            }

            calls += adopted.Calls;
        }

        var employee = create.Employee;
        if (create.LookUpFirst)
        {
            var look = await CallGear.FindByEmailAsync(employee.Email, context, cancellationToken);
            calls += look.Calls;
            if (look.Failure is { } failure)
            {
                return await FailAsync(failure.Problem, calls, failure.ConcernsAccount, context);
            }

            if (!look.Value.IsEmpty)
            {
                return new EmployeeResult { Found = look.Value, Calls = calls };
            }
        }

        var flow = new CreateFlow(CallGear, context, AnnounceAsync);
        var end = await flow.RunAsync(employee, cancellationToken);
        calls += flow.Calls;
        if (end.EmployeeId is { } employeeId)
        {
            return await StoreLinkAsync(
                new EmployeeLink(employeeId, employee.Email, LinkOrigin.Created, time.GetUtcNow()),
                new EmployeeResult
                {
                    Outcome = ChangeOutcome.Created,
                    Reason = end.Reason,
                    Fields = LinkUpdate.FieldsOf(end.Sent),
                    NumbersAdded = end.Sent.Numbers.Length,
                    Calls = calls,
                },
                create.Note,
                context);
        }

        if (!end.Found.IsDefaultOrEmpty)
        {
            await _state.UpdateAsync(state => state with { Intent = null });
            return new EmployeeResult { Found = end.Found, Calls = calls };
        }

        var left = end.MayStillHappen ? _state.Current.Intent! with { OpenUntil = time.GetUtcNow() + ChangeWindow.OpenAfterTimeout }
            : end.IsUnsettled ? _state.Current.Intent! with { OpenUntil = null }
            : null;
        return await FailAsync(end.Reason!, calls, end.EndsRun, context, left);
    }

    private async Task<DateTimeOffset> AnnounceAsync(NewEmployee employee)
    {
        var now = time.GetUtcNow();
        var intent = new CreateIntent(employee.Email, employee.LastName, now, now + ChangeWindow.OpenAfterAnnouncement);
        await _state.UpdateAsync(state => state with { Intent = intent });
        return now + ChangeWindow.SendWithin;
    }

    private async Task<EmployeeResult> LinkAsync(LinkEmployee link, CallContext context, CancellationToken cancellationToken)
    {
        var flow = new UpdateFlow(CallGear, context, time);
        var end = await flow.RunAsync(
            link.EmployeeId,
            link.Email,
            link.Numbers,
            (employee, numbers) => LinkUpdate.ForLink(employee, link.UserLastName, numbers),
            cancellationToken);
        if (!end.IsDone)
        {
            return await FailAsync(end.Reason!, flow.Calls, end.EndsRun, context);
        }

        return await StoreLinkAsync(
            new EmployeeLink(link.EmployeeId, link.Email, LinkOrigin.Email, time.GetUtcNow()),
            new EmployeeResult
            {
                Outcome = ChangeOutcome.Linked,
                Reason = end.Reason,
                Fields = end.Fields,
                NumbersAdded = end.NumbersAdded,
                Calls = flow.Calls,
            },
            link.Note,
            context);
    }

    private async Task<EmployeeResult> FillAsync(FillNumbers fill, CallContext context, CancellationToken cancellationToken)
    {
        var flow = new UpdateFlow(CallGear, context, time);
        var end = await flow.RunAsync(fill.EmployeeId, expectedEmail: null, fill.Numbers, LinkUpdate.ForNumbers, cancellationToken);
        if (!end.IsDone || end.Reason is not null)
        {
            return await FailAsync(end.Reason!, flow.Calls, end.EndsRun, context);
        }

        if (end.NumbersAdded == 0)
        {
            return new EmployeeResult { Link = _state.Current.Link, Calls = flow.Calls };
        }

        await _state.UpdateAsync(state => state.With(Entry(context, ChangeOutcome.PhoneAdded, null, fill.EmployeeId, end.Fields, fill.Note)));
        return new EmployeeResult
        {
            Outcome = ChangeOutcome.PhoneAdded,
            Link = _state.Current.Link,
            Fields = end.Fields,
            NumbersAdded = end.NumbersAdded,
            Calls = flow.Calls,
        };
    }

    private async Task<EmployeeResult> StoreLinkAsync(EmployeeLink link, EmployeeResult result, string? note, CallContext context)
    {
        await _state.UpdateAsync(state =>
            state.With(Entry(context, result.Outcome!.Value, result.Reason, link.EmployeeId, result.Fields, note)) with { Link = link, Intent = null });
        return result with { Link = link };
    }

    // The intent that is left is that of a create whose outcome is not known.
    private async Task<EmployeeResult> FailAsync(Problem reason, int calls, bool endsRun, CallContext context, CreateIntent? left = null)
    {
        await _state.UpdateAsync(state =>
        {
            var next = state.With(Entry(context, ChangeOutcome.Failed, reason, state.Link?.EmployeeId, [], note: null));
            return left == state.Intent ? next : next with { Intent = left };
        });
        return new EmployeeResult
        {
            Outcome = ChangeOutcome.Failed,
            Reason = reason,
            Link = _state.Current.Link,
            Calls = calls,
            IsUnsettled = left is not null,
            EndsRun = endsRun,
        };
    }

    private HistoryEntry Entry(
        CallContext context, ChangeOutcome outcome, Problem? reason, long? employeeId, ImmutableArray<FieldChange> fields, string? note) => new()
        {
            At = time.GetUtcNow(),
            RunId = context.RunId ?? string.Empty,
            Outcome = outcome,
            Reason = reason,
            CallGearEmployeeId = employeeId,
            Fields = fields,
            Note = note,
        };

    private static Problem StillOpen(CreateIntent intent) => new(
        ProblemCode.Unreachable,
        $"A request to create the employee with the address {intent.Email} was sent, nobody got its answer, and CallGear may still be working on it. "
        + "Nothing more is sent before it must have ended; a later import looks again.");

    private static ImmutableArray<FieldChange> FieldsOf(AccountEmployee employee) => LinkUpdate.FieldsOf(new NewEmployee
    {
        FirstName = employee.FirstName,
        LastName = employee.LastName ?? string.Empty,
        Patronymic = employee.Patronymic,
        Email = employee.Email ?? string.Empty,
        Numbers = [.. employee.Numbers.Select(number => number.Number)],
    });
}
