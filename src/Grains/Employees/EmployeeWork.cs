using System.Collections.Immutable;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Interfaces.Runs;
using static System.FormattableString;

namespace OrleansSync.Grains.Employees;

/// <summary>Carries out one instruction for a user, and stores what came of it.</summary>
internal sealed class EmployeeWork(
    StoredUser user, ICallGearConnectionGrain callGear, TimeProvider time, EmployeeInstruction instruction, CallContext context)
{
    private bool _isAnnouncementUsed;

    /// <summary>Finds out what became of a create that an earlier run sent and got no answer to (R3.8).</summary>
    public async Task<EmployeeResult> SettleAsync(CancellationToken cancellationToken) =>
        user.Row is { Link: null, Intent: { } intent }
            ? await AdoptAsync(intent, cancellationToken)
            : new EmployeeResult { Row = user.Row };

    // The employee that an earlier create made whose answer nobody got. No outcome: there is none, and a new one may be made.
    private async Task<EmployeeResult> AdoptAsync(CreateIntent intent, CancellationToken cancellationToken)
    {
        var answer = await callGear.FindByEmailAsync(intent.Email, context, cancellationToken);
        if (answer.Failure is { } failure)
        {
            return await FailAsync(failure.Problem, answer.Calls, failure.ConcernsAccount, intent);
        }

        if (CreateFlow.OwnAmong(answer.Value, intent.LastName) is { } own)
        {
            return await StoreLinkAsync(
                new EmployeeLink(own.Id, intent.Email, LinkOrigin.Created, time.GetUtcNow()),
                new EmployeeResult
                {
                    Outcome = ChangeOutcome.Created,
                    Fields = FieldsOf(own),
                    NumbersAdded = own.Numbers.Length,
                    Calls = answer.Calls,
                },
                "The employee had been created by an import that was interrupted.");
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
            : new EmployeeResult { Row = user.Row, Calls = answer.Calls };
    }

    /// <summary>R3.3: creates the employee, unless an earlier create turns out to have made it.</summary>
    public async Task<EmployeeResult> CreateAsync(CreateEmployee create, CancellationToken cancellationToken)
    {
        var calls = 0;
        if (create.SendBefore is null && user.Row?.Intent is { } intent)
        {
            var adopted = await AdoptAsync(intent, cancellationToken);
            if (adopted.Outcome is not null)
            {
                return adopted;
            }

            calls += adopted.Calls;
        }

        var employee = create.Employee;
        if (create.LookUpFirst)
        {
            var look = await callGear.FindByEmailAsync(employee.Email, context, cancellationToken);
            calls += look.Calls;
            if (look.Failure is { } failure)
            {
                return await FailAsync(failure.Problem, calls, failure.ConcernsAccount);
            }

            if (!look.Value.IsEmpty)
            {
                return new EmployeeResult { Found = look.Value, Row = user.Row, Calls = calls };
            }
        }

        var flow = new CreateFlow(callGear, context, attempt => AnnounceAsync(attempt, create.SendBefore));
        var end = await flow.RunAsync(employee, cancellationToken);
        calls += flow.Calls;
        if (end.EmployeeId is { } employeeId)
        {
            var made = Made(employeeId, end.Sent);
            return await StoreLinkAsync(
                new EmployeeLink(employeeId, employee.Email, LinkOrigin.Created, time.GetUtcNow()),
                new EmployeeResult
                {
                    Outcome = ChangeOutcome.Created,
                    Reason = WithAttempt(end.Reason, made, employee.Numbers),
                    Fields = LinkUpdate.FieldsOf(end.Sent),
                    NumbersAdded = end.Sent.Numbers.Length,
                    Calls = calls,
                },
                create.StaleEmployeeId is { } stale
                    ? Invariant($"Employee {stale}, to which the user was linked, no longer exists in CallGear.")
                    : null,
                flow.Note);
        }

        if (!end.Found.IsDefaultOrEmpty)
        {
            await user.StoreAsync(user.Row! with { Intent = null });
            return new EmployeeResult { Found = end.Found, Row = user.Row, Calls = calls };
        }

        var left = end.MayStillHappen ? user.Row!.Intent! with { OpenUntil = time.GetUtcNow() + ChangeWindow.OpenAfterTimeout }
            : end.IsUnsettled ? user.Row!.Intent! with { OpenUntil = null }
            : null;
        return await FailAsync(end.Reason!, calls, end.EndsRun, left, flow.WriteRefusal);
    }

    // The portal's announcement is good for the first attempt, and for no other.
    private async Task<DateTimeOffset> AnnounceAsync(NewEmployee employee, DateTimeOffset? announced)
    {
        var now = time.GetUtcNow();
        if (!_isAnnouncementUsed && now < announced)
        {
            _isAnnouncementUsed = true;
            return announced.Value;
        }

        var intent = new CreateIntent(employee.Email, employee.LastName, now, now + ChangeWindow.OpenAfterAnnouncement);
        await user.StoreAsync(Base() with { Intent = intent });
        return now + ChangeWindow.SendWithin;
    }

    /// <summary>R3.2: links the employee that has the user's address.</summary>
    public async Task<EmployeeResult> LinkAsync(LinkEmployee link, CancellationToken cancellationToken)
    {
        var flow = new UpdateFlow(callGear, context, time);
        var end = await flow.RunAsync(
            link.Employee.Id,
            link.Email,
            link.Numbers,
            (employee, numbers) => LinkUpdate.ForLink(employee, link.UserLastName, numbers),
            cancellationToken);
        if (!end.IsDone)
        {
            return await FailAsync(end.Reason!, flow.Calls, end.EndsRun, refusal: flow.WriteRefusal);
        }

        return await StoreLinkAsync(
            new EmployeeLink(link.Employee.Id, link.Email!, LinkOrigin.Email, time.GetUtcNow()),
            new EmployeeResult
            {
                Outcome = ChangeOutcome.Linked,
                Reason = WithAttempt(end.Reason, flow.Employee!, link.Numbers),
                Fields = end.Fields,
                NumbersAdded = end.NumbersAdded,
                Calls = flow.Calls,
            },
            link.TakenOverFrom is { } former
                ? Invariant($"Employee {link.Employee.Id} was linked to user {former}, who is deleted in Bitrix24.")
                : null,
            flow.Note);
    }

    /// <summary>R5.6: gives the linked employee numbers, if it still has none.</summary>
    public async Task<EmployeeResult> FillAsync(FillNumbers fill, CancellationToken cancellationToken)
    {
        var flow = new UpdateFlow(callGear, context, time);
        var end = await flow.RunAsync(
            fill.EmployeeId,
            expectedEmail: null,
            fill.Numbers,
            (employee, numbers) => LinkUpdate.ForNumbers(employee, fill.UserLastName ?? fill.Name, numbers),
            cancellationToken);
        if (!end.IsDone)
        {
            return await FailAsync(end.Reason!, flow.Calls, end.EndsRun, refusal: flow.WriteRefusal);
        }

        var reason = WithAttempt(end.Reason, flow.Employee!, fill.Numbers);
        if (end.NumbersAdded == 0 && reason is not null)
        {
            return await FailAsync(reason, flow.Calls, endsRun: false);
        }

        if (end.NumbersAdded == 0)
        {
            return new EmployeeResult { Row = user.Row, Calls = flow.Calls };
        }

        await StoreAsync(
            Base() with { Outcome = EmployeeOutcome.Matched, Reason = reason },
            ChangeOutcome.PhoneAdded,
            reason,
            fill.EmployeeId,
            end.Fields,
            flow.Note);
        return new EmployeeResult
        {
            Outcome = ChangeOutcome.PhoneAdded,
            Reason = reason,
            Row = user.Row,
            Fields = end.Fields,
            NumbersAdded = end.NumbersAdded,
            Calls = flow.Calls,
        };
    }

    private async Task<EmployeeResult> StoreLinkAsync(EmployeeLink link, EmployeeResult result, params string?[] notes)
    {
        var note = notes.OfType<string>().ToArray() is { Length: > 0 } said ? string.Join(' ', said) : null;
        var outcome = result.Outcome!.Value;
        var next = Base() with
        {
            Outcome = outcome == ChangeOutcome.Created ? EmployeeOutcome.Created : EmployeeOutcome.Linked,
            Reason = result.Reason,
            Link = link,
            Intent = null,
            IsListed = true,
        };
        await StoreAsync(next, outcome, result.Reason, link.EmployeeId, result.Fields, note);
        return result with { Row = user.Row };
    }

    // The intent that is left is that of a create whose outcome is not known.
    private async Task<EmployeeResult> FailAsync(
        Problem reason, int calls, bool endsRun, CreateIntent? left = null, CallFailure? refusal = null)
    {
        var before = user.Row;
        reason = refusal is null ? reason : MissingRight.Of(instruction, refusal);
        var next = Base() with { Outcome = EmployeeOutcome.Failed, Reason = reason, Intent = left };
        var change = Change(ChangeOutcome.Failed, reason, before?.Link?.EmployeeId, []);
        var repeats = before?.Outcome == EmployeeOutcome.Failed && before.Reason == reason;
        await user.StoreAsync(
            next, repeats ? null : Entry(ChangeOutcome.Failed, reason, before?.Link?.EmployeeId, [], note: null), change, instruction.Run);
        return new EmployeeResult
        {
            Outcome = ChangeOutcome.Failed,
            Reason = reason,
            Row = user.Row,
            Calls = calls,
            IsUnsettled = left is not null,
            EndsRun = endsRun,
            WriteRefusal = refusal,
        };
    }

    private Task StoreAsync(
        UserRow next, ChangeOutcome outcome, Problem? reason, long? employeeId, ImmutableArray<FieldChange> fields, string? note) =>
        user.StoreAsync(
            next, Entry(outcome, reason, employeeId, fields, note), Change(outcome, reason, employeeId, fields), instruction.Run);

    private UserRow Base()
    {
        var (name, email) = (StoredText.Clean(instruction.Name), instruction.Email is { } given ? StoredText.Clean(given) : null);
        var row = user.Row ?? new UserRow { UserId = user.UserId, Name = name };
        return row with { Name = name, Email = email, Run = instruction.Run };
    }

    private RunChange Change(ChangeOutcome outcome, Problem? reason, long? employeeId, ImmutableArray<FieldChange> fields) => new()
    {
        BitrixUserId = user.UserId,
        Name = StoredText.Clean(instruction.Name),
        Outcome = outcome,
        Reason = reason,
        CallGearEmployeeId = employeeId,
        Fields = fields,
    };

    private HistoryEntry Entry(
        ChangeOutcome outcome, Problem? reason, long? employeeId, ImmutableArray<FieldChange> fields, string? note) => new()
        {
            At = time.GetUtcNow(),
            RunId = context.RunId ?? string.Empty,
            Outcome = outcome,
            Reason = reason,
            CallGearEmployeeId = employeeId,
            Fields = fields,
            Note = note,
        };

    // R5.5a.
    private static Problem? WithAttempt(Problem? refusal, AccountEmployee employee, ImmutableArray<string> numbers) =>
        refusal is null ? null : refusal with { Attempt = NumberAttempt.Of(employee, numbers) };

    private static AccountEmployee Made(long id, NewEmployee sent) => new()
    {
        Id = id,
        FirstName = sent.FirstName,
        LastName = sent.LastName,
        Patronymic = sent.Patronymic,
        Email = sent.Email,
        Numbers = [.. sent.Numbers.Select(static number => new EmployeeNumber(number))],
    };

    private static Problem StillOpen(CreateIntent intent) => new(
        ProblemCode.Unreachable,
        $"A request to create the employee with the address {QuotedText.Of(intent.Email)} was sent, nobody got its answer, and CallGear "
        + "may still be working on it. Nothing more is sent before it must have ended; a later import looks again.");

    private static ImmutableArray<FieldChange> FieldsOf(AccountEmployee employee) => LinkUpdate.FieldsOf(new NewEmployee
    {
        FirstName = employee.FirstName,
        LastName = employee.LastName ?? string.Empty,
        Patronymic = employee.Patronymic,
        Email = employee.Email ?? string.Empty,
        Numbers = [.. employee.Numbers.Select(number => number.Number)],
    });
}
