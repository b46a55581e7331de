using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Employees;

/// <summary>How an attempt to create an employee ended.</summary>
/// <param name="EmployeeId">The employee that is there now for the user; null when there is none.</param>
/// <param name="Sent">What was created, without a refused number.</param>
/// <param name="Reason">Why it failed, or that the number was refused (R5.5).</param>
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
/// and a request that may still be under way at the vendor is not repeated in the same run.
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

    /// <summary>Sends the create until its outcome is known, or gives up.</summary>
    public async Task<CreateOutcome> RunAsync(NewEmployee employee, CancellationToken cancellationToken)
    {
        Problem? refusedNumber = null;
        CallFailure? failure = null;
        var delays = 0;
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var answer = await callGear.CreateAsync(employee, await announce(employee), context, cancellationToken);
            Calls += answer.Calls;
            failure = answer.Failure;
            if (failure is null)
            {
                return new CreateOutcome(answer.Value, employee, refusedNumber);
            }

            if (failure.IsTooLate && delays++ < MostDelays)
            {
                attempt--;
                continue;
            }

            if (failure.IsNumberRefused && !employee.Numbers.IsEmpty)
            {
                refusedNumber = NumberRefusal.Of(failure, employee.Numbers);
                employee = employee with { Numbers = [] };
                continue;
            }

            if (!failure.IsOutcomeUnknown && !failure.IsDuplicate)
            {
                return new CreateOutcome(null, employee, failure.Problem, EndsRun: failure.ConcernsAccount);
            }

            if (await LookUpAsync(employee, failure, cancellationToken) is { } end)
            {
                return end with { Reason = end.Reason ?? refusedNumber };
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

        // A duplicate that cannot be found by its address is one by another field: CallGear's own words say which.
        return failure.IsDuplicate || failure.MayStillHappen
            ? new CreateOutcome(
                null, employee, failure.Problem, IsUnsettled: failure.MayStillHappen, MayStillHappen: failure.MayStillHappen)
            : null;
    }
}
