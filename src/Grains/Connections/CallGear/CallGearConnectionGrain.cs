using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using OrleansSync.CallGear.Employees;
using OrleansSync.Grains.Connections.Calls;
using OrleansSync.Grains.Connections.Credentials;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Placement;

namespace OrleansSync.Grains.Connections.CallGear;

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
    public async Task<CallOutcome<ImmutableArray<AccountEmployee>>> ListEmployeesAsync(
        CallContext context, CancellationToken cancellationToken)
    {
        var session = Session(context, $"Account {_account}");
        EmployeeList? unstable = null;
        for (var reading = 1; ; reading++)
        {
            var list = new EmployeeList();
            var ranges = unstable is null ? null : new EmployeeRangeList(unstable);
            var answer = ranges is null ? null : await ReadRangesAsync(ranges, session, cancellationToken);
            if (answer is null)
            {
                ranges = null;
                answer = await ReadPagesAsync(list, session, cancellationToken);
            }

            if (answer.Failure is not null)
            {
                return answer.Select(static _ => ImmutableArray<AccountEmployee>.Empty);
            }

            if (ranges?.IsComplete ?? list.IsComplete)
            {
                return answer.Select(_ => AllOf(ranges?.Employees ?? list.Employees));
            }

            LogListNotWhole(_logger, _account, reading);
            if (reading >= _environment.Options.ListReadings || (ranges is null && !list.IsWorthReadingAgain))
            {
                var failure = CallGearProblems.Of($"Account {_account}", ranges?.Error ?? list.Error!);
                return new CallOutcome<ImmutableArray<AccountEmployee>>([], failure, answer.Calls);
            }

            // Pages of a list without a stable order may never fit together, ranges of ids that fit one page do.
            unstable = ranges is null && list.TotalItems > EmployeeList.PageSize ? list : unstable;
        }
    }

    /// <inheritdoc />
    public async Task<CallOutcome<ImmutableArray<AccountEmployee>>> GetEmployeeAsync(
        long employeeId, CallContext context, CancellationToken cancellationToken)
    {
        if (employeeId <= 0)
        {
            return Nobody;
        }

        var answer = await Session(context, SubjectOf(employeeId)).ReadAsync(
            (client, credentials, sending) => client.GetEmployeeAsync(credentials, employeeId, sending), cancellationToken);
        return answer.Failure is { IsGone: true }
            ? Nobody with { Calls = answer.Calls }
            : answer.Select(static employee => AllOf(employee is null ? [] : [employee]));
    }

    /// <inheritdoc />
    public async Task<CallOutcome<ImmutableArray<AccountEmployee>>> FindByEmailAsync(
        string email, CallContext context, CancellationToken cancellationToken)
    {
        if (EmailAddress.Of(email) is not { } address)
        {
            return Nobody;
        }

        var spellings = EmailAddress.Spellings(address);
        var session = Session(context, $"Account {_account}, look-up by e-mail address");
        var answer = await FindAsync(EmailSearch.AnySpelling);

        if (answer.Failure?.Problem.Code == ProblemCode.Rejected)
        {
            // Where the expression is refused, the two usual spellings are found all the same.
            answer = await FindAsync(EmailSearch.GivenAndLowerCase);
        }

        return answer.Select(AllOf);

        Task<CallOutcome<IReadOnlyList<CallGearEmployee>>> FindAsync(EmailSearch search) => session.ReadAsync(
            (client, credentials, sending) => client.FindEmployeesByEmailAsync(
                credentials, spellings, FieldText.EmailComparer, search, sending),
            cancellationToken);
    }

    /// <inheritdoc />
    public Task<CallOutcome<long>> CreateAsync(
        NewEmployee employee, DateTimeOffset sendBefore, CallContext context, CancellationToken cancellationToken) =>
        Session(context, $"Account {_account}, new employee").WriteAsync(
            (client, credentials, sending) => client.CreateEmployeeAsync(credentials, EmployeeMapping.ToClient(employee), sending),
            sendBefore,
            cancellationToken);

    /// <inheritdoc />
    public Task<CallOutcome<bool>> UpdateAsync(
        EmployeeUpdate update, DateTimeOffset sendBefore, CallContext context, CancellationToken cancellationToken) =>
        Session(context, SubjectOf(update.Id)).WriteAsync(
            (client, credentials, sending) => client.UpdateEmployeeAsync(credentials, EmployeeMapping.ToClient(update), sending),
            sendBefore,
            cancellationToken);

    /// <inheritdoc />
    public Task<CallOutcome<bool>> SetGroupMembersAsync(
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

    private static CallOutcome<ImmutableArray<AccountEmployee>> Nobody { get; } = new([], null);

    private string SubjectOf(long employeeId) => $"Account {_account}, CallGear employee {employeeId}";

    private static ImmutableArray<AccountEmployee> AllOf(IReadOnlyCollection<CallGearEmployee> employees) =>
        [.. employees.Select(EmployeeMapping.FromClient)];

    private static async Task<CallOutcome<EmployeePage>> ReadPagesAsync(
        EmployeeList list, CallGearSession session, CancellationToken cancellationToken)
    {
        var answer = new CallOutcome<EmployeePage>(null, null);
        while (list.NextOffset is { } offset && answer.Failure is null)
        {
            answer = await session.ReadAsync(
                (client, credentials, sending) => client.GetEmployeesAsync(credentials, EmployeeList.PageSize, offset, sending),
                cancellationToken);
            if (answer.Failure is null)
            {
                list.Add(answer.Value!);
            }
        }

        return answer;
    }

    // Null for a CallGear that refuses the filter: then it is read by pages again.
    private static async Task<CallOutcome<EmployeePage>?> ReadRangesAsync(
        EmployeeRangeList list, CallGearSession session, CancellationToken cancellationToken)
    {
        var answer = new CallOutcome<EmployeePage>(null, null);
        while (list.NextRange is { } range && answer.Failure is null)
        {
            answer = await session.ReadAsync(
                (client, credentials, sending) => client.GetEmployeesAsync(credentials, range, sending), cancellationToken);
            if (answer.Failure is null)
            {
                list.Add(answer.Value!);
            }
        }

        return answer.Failure?.Problem.Code == ProblemCode.Rejected ? null : answer;
    }
}
