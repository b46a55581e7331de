using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Employees;

/// <summary>How an attempt to create an employee ended.</summary>
/// <param name="EmployeeId">The employee that is there now for the user; null when there is none.</param>
/// <param name="Sent">What was created, without refused numbers.</param>
/// <param name="Reason">Why it failed, or that numbers were refused (R5.5).</param>
/// <param name="Found">Others with the address, on which the user has to be decided again.</param>
/// <param name="IsUnsettled">Whether it may have been created although nothing says so.</param>
/// <param name="MayStillHappen">Whether CallGear may still be working on the request.</param>
/// <param name="EndsRun">Whether every other call of the account would fail alike.</param>
internal sealed record CreateOutcome(
    long? EmployeeId,
    NewEmployee Sent,
    Problem? Reason = null,
    ImmutableArray<AccountEmployee> Found = default,
    bool IsUnsettled = false,
    bool MayStillHappen = false,
    bool EndsRun = false);

/// <summary>
/// Creates one employee. Creating is not idempotent: after an answer that was lost the address is looked up before anything is sent again,
/// and a request that may still be under way at the vendor is not repeated in the same run. What is refused by name is certain not to have
/// been created, so that it may be sent otherwise at once.
/// </summary>
/// <param name="callGear">The account's way to CallGear.</param>
/// <param name="context">On whose behalf.</param>
/// <param name="announce">
/// Stores that a create is about to be sent, and answers until when it may be. Each one is announced anew: storing fails in an activation
/// that another has replaced.
/// </param>
internal sealed class CreateFlow(ICallGearConnectionGrain callGear, CallContext context, Func<NewEmployee, Task<DateTimeOffset>> announce)
{
    private const int MostAttempts = 3;
    private const int MostDelays = 10;

    /// <summary>HTTP requests that were sent.</summary>
    public int Calls { get; private set; }

    /// <summary>What the user's history is to say of fields that the plan refuses; null for nothing.</summary>
    public string? Note { get; private set; }

    /// <summary>That the key or the plan may not create employees; null when that is not why it failed.</summary>
    public CallFailure? WriteRefusal { get; private set; }

    /// <summary>Sends the create until its outcome is known, or gives up.</summary>
    public async Task<CreateOutcome> RunAsync(NewEmployee employee, CancellationToken cancellationToken)
    {
        var numbers = new NumberTrial(employee.Numbers);
        CallFailure? failure = null;
        var delays = 0;
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            employee = employee with { Numbers = numbers.Current };
            var answer = await callGear.CreateAsync(employee, await announce(employee), context, cancellationToken);
            Calls += answer.Calls;
            failure = answer.Failure;
            if (failure is null)
            {
                return new CreateOutcome(answer.Value, employee, numbers.Reason);
            }

            if (failure.IsTooLate && delays++ < MostDelays)
            {
                attempt--;
                continue;
            }

            // An address that somebody has may be meant where nothing is named, which a look-up tells.
            if (!failure.IsDuplicate && (numbers.Refuse(failure) || LeavesOut(ref employee, failure)))
            {
                attempt--;
                continue;
            }

            if (!failure.IsOutcomeUnknown && !failure.IsDuplicate)
            {
                WriteRefusal = failure.IsMethodRefused ? failure : null;
                var endsRun = failure.ConcernsAccount && !failure.IsMethodRefused;
                return new CreateOutcome(null, employee, failure.Problem, EndsRun: endsRun);
            }

            if (await LookUpAsync(employee, failure, cancellationToken) is { } end)
            {
                return end with { Reason = end.Reason ?? numbers.Reason };
            }

            if (failure.IsDuplicate)
            {
                // It is one by another field than the address: CallGear's own words say which, or it is a number.
                if (!failure.MayBeNumber || !numbers.Refuse(failure))
                {
                    return new CreateOutcome(null, employee, failure.Problem);
                }

                attempt--;
            }
        }

        return new CreateOutcome(null, employee, failure!.Problem, IsUnsettled: true);
    }

    /// <summary>
    /// The one employee with an address and exactly the marked last name that was sent, or null: the trace of an own create.
    /// </summary>
    public static AccountEmployee? OwnAmong(ImmutableArray<AccountEmployee> employees, string lastName)
    {
        var own = employees.Where(employee => string.Equals(employee.LastName?.Trim(), lastName, StringComparison.Ordinal))
            .Take(2).ToArray();
        return own.Length == 1 ? own[0] : null;
    }

    // The last name is required, and by the address the employee is found again.
    private bool LeavesOut(ref NewEmployee employee, CallFailure failure)
    {
        var field = failure.IsParameterRefused ? failure.Parameter?.Name : null;
        var less = field switch
        {
            "first_name" when employee.FirstName is not null => employee with { FirstName = null },
            "patronymic" when employee.Patronymic is not null => employee with { Patronymic = null },
            _ => null,
        };
        if (less is null)
        {
            return false;
        }

        employee = less;
        Note = string.Join(' ', new[] { Note, $"The account's plan in CallGear does not take the field {field}." }.OfType<string>());
        return true;
    }

    private async Task<CreateOutcome?> LookUpAsync(NewEmployee employee, CallFailure failure, CancellationToken cancellationToken)
    {
        var answer = await callGear.FindByEmailAsync(employee.Email, context, cancellationToken);
        Calls += answer.Calls;
        if (answer.Failure is { } lookUpFailure)
        {
            return new CreateOutcome(
                null,
                employee,
                lookUpFailure.Problem,
                IsUnsettled: failure.IsOutcomeUnknown,
                MayStillHappen: failure.MayStillHappen,
                EndsRun: lookUpFailure.ConcernsAccount);
        }

        if (failure.IsOutcomeUnknown && OwnAmong(answer.Value, employee.LastName) is { } own)
        {
            return new CreateOutcome(own.Id, employee);
        }

        if (!answer.Value.IsEmpty)
        {
            return new CreateOutcome(null, employee, failure.Problem, answer.Value);
        }

        return failure.MayStillHappen
            ? new CreateOutcome(null, employee, failure.Problem, IsUnsettled: true, MayStillHappen: true)
            : null;
    }
}
