using System.Collections.Immutable;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Employees;

/// <summary>How an attempt to update an employee ended.</summary>
/// <param name="IsDone">Whether the employee is as it should be.</param>
/// <param name="Fields">What was changed.</param>
/// <param name="NumbersAdded">Numbers that were added.</param>
/// <param name="Reason">Why it failed, or that numbers were refused (R5.5).</param>
/// <param name="EndsRun">Whether every other call of the account would fail alike.</param>
internal sealed record UpdateOutcome(
    bool IsDone, ImmutableArray<FieldChange> Fields, int NumbersAdded, Problem? Reason, bool EndsRun = false);

/// <summary>
/// Updates one employee from a read immediately before (R5.4). An update sets what it names, so that after a lost answer the employee is
/// read again and the update is sent again only if it is not as wanted.
/// </summary>
internal sealed class UpdateFlow(ICallGearConnectionGrain callGear, CallContext context, TimeProvider time)
{
    private const int MostAttempts = 3;
    private const int MostDelays = 10;

    /// <summary>HTTP requests that were sent.</summary>
    public int Calls { get; private set; }

    /// <summary>The employee as it was read last, with what was changed since; null when it was not read.</summary>
    public AccountEmployee? Employee { get; private set; }

    /// <summary>What the user's history is to say of settings that CallGear does not take back; null for nothing.</summary>
    public string? Note { get; private set; }

    /// <summary>That the key or the plan may not change employees; null when that is not why it failed.</summary>
    public CallFailure? WriteRefusal { get; private set; }

    /// <summary>Reads, compares and updates.</summary>
    /// <param name="employeeId">The employee.</param>
    /// <param name="expectedEmail">The address it was found by (R3.2); null when it is linked already.</param>
    /// <param name="numbers">What to add if it has no number.</param>
    /// <param name="compare">What has to be sent for the employee as it is.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<UpdateOutcome> RunAsync(
        long employeeId,
        string? expectedEmail,
        ImmutableArray<string> numbers,
        Func<AccountEmployee, ImmutableArray<string>, LinkUpdate> compare,
        CancellationToken cancellationToken)
    {
        var trial = new NumberTrial(numbers);
        var untaken = new UntakenSettings();
        CallFailure? failure = null;
        var sent = new LinkUpdate(null, [], 0);
        var delays = 0;
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var read = await callGear.GetEmployeeAsync(employeeId, context, cancellationToken);
            Calls += read.Calls;
            if (read.Failure is not null)
            {
                return Failed(read.Failure);
            }

            if (ChangedMeanwhile(read.Value, employeeId, expectedEmail) is { } changed)
            {
                return new UpdateOutcome(false, [], 0, changed);
            }

            Employee = read.Value[0];
            var update = compare(Employee, trial.Current);
            if (update.Update is null)
            {
                return new UpdateOutcome(true, sent.Fields, sent.NumbersAdded, trial.Reason);
            }

            var answer = await callGear.UpdateAsync(
                untaken.Without(update.Update), time.GetUtcNow() + ChangeWindow.SendWithin, context, cancellationToken);
            Calls += answer.Calls;
            failure = answer.Failure;
            if (failure is null)
            {
                (Employee, Note) = (Employee with { LastName = update.Update.LastName, Numbers = update.Update.Numbers }, untaken.Note);
                return new UpdateOutcome(true, update.Fields, update.NumbersAdded, trial.Reason);
            }

            if (failure.IsTooLate && delays++ < MostDelays)
            {
                attempt--;
            }
            else if ((update.NumbersAdded > 0 && trial.Refuse(failure)) || untaken.Refuse(failure, update.Update))
            {
                attempt--;
            }
            else if (failure.IsOutcomeUnknown)
            {
                sent = update;
            }
            else
            {
                WriteRefusal = failure.IsMethodRefused ? failure : null;
                return Failed(failure);
            }
        }

        return Failed(failure!);

        UpdateOutcome Failed(CallFailure failure) =>
            new(false, [], 0, failure.Problem, failure.ConcernsAccount && WriteRefusal is null);
    }

    private static Problem? ChangedMeanwhile(ImmutableArray<AccountEmployee> read, long employeeId, string? expectedEmail)
    {
        if (read.IsEmpty)
        {
            return new Problem(
                ProblemCode.Rejected,
                $"Employee {employeeId} was deleted in CallGear while the import ran. Nothing was changed; the next import decides anew.");
        }

        return expectedEmail is null || FieldText.EmailComparer.Equals(read[0].Email, expectedEmail)
            ? null
            : new Problem(
                ProblemCode.Rejected,
                $"Employee {employeeId} got another e-mail address in CallGear while the import ran. Nothing was changed; "
                + "the next import decides anew.");
    }
}
