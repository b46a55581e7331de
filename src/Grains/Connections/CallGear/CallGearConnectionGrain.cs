using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using OrleansSync.CallGear;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Placement;
using EmployeeUpdate = OrleansSync.Grains.Interfaces.EmployeeUpdate;
using NewEmployee = OrleansSync.Grains.Interfaces.NewEmployee;

namespace OrleansSync.Grains.Connections;

/// <summary>
/// An account's way to CallGear. Reentrant, so that calls do not wait for each other's answers: nothing is stored, and the gate that all
/// requests pass is safe for use by many.
/// </summary>
[AccountPlacement]
[Reentrant]
internal sealed partial class CallGearConnectionGrain : Grain, ICallGearConnectionGrain
{
    private readonly string _account;
    private readonly KnownCredentials _credentials;
    private readonly ConnectionEnvironment _environment;
    private readonly ILogger<CallGearConnectionGrain> _logger;
    private readonly RunAllowances _allowances;
    private readonly CallGearGate _gate;
    private readonly Random _jitter;

    public CallGearConnectionGrain(ConnectionEnvironment environment, ILogger<CallGearConnectionGrain> logger)
    {
        _account = GrainKeys.AccountOf(this.GetPrimaryKeyString());
        _credentials = new KnownCredentials(_account, environment.Accounts);
        _environment = environment;
        _logger = logger;
        _allowances = new RunAllowances("CallGear", environment.Options, environment.Runs, environment.Time);
        _gate = new CallGearGate(environment.Options, environment.Time);
        _jitter = new Random((int)PermanentHash.Of(_account));
    }

    /// <inheritdoc />
    public async Task<CallAnswer<ImmutableArray<AccountEmployee>>> ListEmployeesAsync(CallContext context, CancellationToken cancellationToken)
    {
        var session = Session(context, $"Account {_account}");
        EmployeeList? unstable = null;
        for (var reading = 1; ; reading++)
        {
            var list = new EmployeeList();
            var (ranges, failure) = unstable is null ? (null, null) : await ReadRangesAsync(new EmployeeRangeList(unstable), session, cancellationToken);
            if (ranges is null)
            {
                failure ??= await ReadPagesAsync(list, session, cancellationToken);
            }

            if (failure is not null)
            {
                return FailedList(failure, session);
            }

            if (ranges?.IsComplete ?? list.IsComplete)
            {
                var employees = ranges?.Employees ?? list.Employees;
                return new CallAnswer<ImmutableArray<AccountEmployee>>([.. employees.Select(EmployeeMapping.FromClient)], null, session.Calls);
            }

            LogListNotWhole(_logger, _account, reading);
            if (reading >= _environment.Options.ListReadings || (ranges is null && !list.IsWorthReadingAgain))
            {
                return FailedList(CallGearProblems.Of($"Account {_account}", ranges?.Error ?? list.Error!), session);
            }

            // Pages of a list without a stable order may never fit together, ranges of ids that fit one page do.
            unstable = ranges is null && list.TotalItems > EmployeeList.PageSize ? list : unstable;
        }
    }

    /// <inheritdoc />
    public async Task<CallAnswer<ImmutableArray<AccountEmployee>>> GetEmployeeAsync(
        long employeeId, CallContext context, CancellationToken cancellationToken)
    {
        if (employeeId <= 0)
        {
            return Nobody;
        }

        var session = Session(context, SubjectOf(employeeId));
        var attempt = await session.ReadAsync((client, credentials, sending) => client.GetEmployeeAsync(credentials, employeeId, sending), cancellationToken);
        return attempt.Failure switch
        {
            null => new CallAnswer<ImmutableArray<AccountEmployee>>(attempt.Value is null ? [] : [EmployeeMapping.FromClient(attempt.Value)], null, session.Calls),
            { IsGone: true } => new CallAnswer<ImmutableArray<AccountEmployee>>([], null, session.Calls),
            _ => FailedList(attempt.Failure, session),
        };
    }

    /// <inheritdoc />
    public async Task<CallAnswer<ImmutableArray<AccountEmployee>>> FindByEmailAsync(string email, CallContext context, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(email))
        {
            return Nobody;
        }

        var session = Session(context, $"Account {_account}, look-up by e-mail address");
        var attempt = await session.ReadAsync(
            (client, credentials, sending) => client.FindEmployeesByEmailAsync(credentials, email, EmailSearch.AnySpelling, sending), cancellationToken);
        if (attempt.Failure?.Problem.Code == ProblemCode.Rejected)
        {
            // Where the expression is refused, the two usual spellings are found all the same.
            attempt = await session.ReadAsync(
                (client, credentials, sending) => client.FindEmployeesByEmailAsync(credentials, email, EmailSearch.GivenAndLowerCase, sending),
                cancellationToken);
        }

        return attempt.Failure is null
            ? new CallAnswer<ImmutableArray<AccountEmployee>>([.. attempt.Value!.Select(EmployeeMapping.FromClient)], null, session.Calls)
            : FailedList(attempt.Failure, session);
    }

    /// <inheritdoc />
    public async Task<CallAnswer<long>> CreateAsync(
        NewEmployee employee, DateTimeOffset sendBefore, CallContext context, CancellationToken cancellationToken)
    {
        var session = Session(context, $"Account {_account}, new employee");
        var attempt = await session.WriteAsync(
            (client, credentials, sending) => client.CreateEmployeeAsync(credentials, EmployeeMapping.ToClient(employee), sending), sendBefore, cancellationToken);
        return new CallAnswer<long>(attempt.Value, attempt.Failure, session.Calls);
    }

    /// <inheritdoc />
    public async Task<CallAnswer<bool>> UpdateAsync(
        EmployeeUpdate update, DateTimeOffset sendBefore, CallContext context, CancellationToken cancellationToken)
    {
        var session = Session(context, SubjectOf(update.Id));
        var attempt = await session.WriteAsync(
            (client, credentials, sending) => client.UpdateEmployeeAsync(credentials, EmployeeMapping.ToClient(update), sending), sendBefore, cancellationToken);
        return new CallAnswer<bool>(attempt.Failure is null, attempt.Failure, session.Calls);
    }

    /// <inheritdoc />
    public Task<CallAnswer<bool>> SetGroupMembersAsync(
        long groupId, ImmutableArray<long> employeeIds, CallContext context, CancellationToken cancellationToken) =>
        new GroupMembership(_account, groupId, Session(context, $"Account {_account}, employee group {groupId}"))
            .SetAsync([.. employeeIds], cancellationToken);

    /// <inheritdoc />
    public Task ClearAsync()
    {
        _credentials.Forget();
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private CallGearSession Session(CallContext context, string subject) => new(
        _account, subject, context, _allowances.Of(context.RunId), _jitter,
        _credentials.For(context.Generation), _gate, _environment, _logger);

    private static CallAnswer<ImmutableArray<AccountEmployee>> Nobody { get; } = new([], null, 0);

    private string SubjectOf(long employeeId) => $"Account {_account}, CallGear employee {employeeId}";

    private static async Task<CallFailure?> ReadPagesAsync(EmployeeList list, CallGearSession session, CancellationToken cancellationToken)
    {
        while (list.NextOffset is { } offset)
        {
            var attempt = await session.ReadAsync(
                (client, credentials, sending) => client.GetEmployeesAsync(credentials, EmployeeList.PageSize, offset, sending), cancellationToken);
            if (attempt.Failure is not null)
            {
                return attempt.Failure;
            }

            list.Add(attempt.Value!);
        }

        return null;
    }

    // Null for a CallGear that refuses the filter: then it is read by pages again.
    private static async Task<(EmployeeRangeList? List, CallFailure? Failure)> ReadRangesAsync(
        EmployeeRangeList list, CallGearSession session, CancellationToken cancellationToken)
    {
        while (list.NextRange is { } range)
        {
            var attempt = await session.ReadAsync(
                (client, credentials, sending) => client.GetEmployeesAsync(credentials, range, sending), cancellationToken);
            if (attempt.Failure is not null)
            {
                return (null, attempt.Failure.Problem.Code == ProblemCode.Rejected ? null : attempt.Failure);
            }

            list.Add(attempt.Value!);
        }

        return (list, null);
    }

    private static CallAnswer<ImmutableArray<AccountEmployee>> FailedList(CallFailure failure, CallGearSession session) => new([], failure, session.Calls);
}
