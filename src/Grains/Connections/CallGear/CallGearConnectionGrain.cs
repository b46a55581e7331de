using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using OrleansSync.CallGear.Employees;
using OrleansSync.Grains.Connections.Calls;
using OrleansSync.Grains.Connections.Credentials;
using OrleansSync.Grains.Connections.Limits;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Placement;
using OrleansSync.Grains.Storage;

namespace OrleansSync.Grains.Connections.CallGear;

/// <summary>
/// An account's way to CallGear. Reentrant, so that calls do not wait for each other's answers: every write goes through
/// <see cref="StoredState{T}"/>, and the gate that all requests pass is safe for use by many.
/// </summary>
[AccountPlacement]
[Reentrant]
internal sealed partial class CallGearConnectionGrain : Grain, ICallGearConnectionGrain
{
    private readonly string _account;
    private readonly KnownCredentials _credentials;
    private readonly StoredState<CallGearConnectionState> _state;
    private readonly ConnectionEnvironment _environment;
    private readonly ILogger<CallGearConnectionGrain> _logger;
    private readonly RunAllowances _allowances;
    private readonly OpenedAccess _opened;
    private readonly CallGearGate _gate;
    private readonly Random _jitter;
    private bool _isOver;

    public CallGearConnectionGrain(
        [PersistentState("callGearConnection")] IPersistentState<CallGearConnectionState> storage,
        ConnectionEnvironment environment,
        ILogger<CallGearConnectionGrain> logger)
    {
        _account = GrainKeys.AccountOf(this.GetPrimaryKeyString());
        _credentials = new KnownCredentials(_account, environment.Accounts, environment.AtHand);
        _state = new StoredState<CallGearConnectionState>(storage);
        _environment = environment;
        _logger = logger;
        _allowances = new RunAllowances("CallGear", environment.Options, environment.Runs, environment.Time);
        _opened = new OpenedAccess(environment.Secrets, _account);
        _gate = new CallGearGate(environment.Options, environment.Time);
        _jitter = new Random((int)PermanentHash.Of(_account));
    }

    /// <inheritdoc />
    public async Task<CallOutcome<ImmutableArray<AccountEmployee>>> ListEmployeesAsync(
        CallContext context, CancellationToken cancellationToken)
    {
        var known = _credentials.For(context.Generation);
        var generation = (await known.FindAsync())?.Generation ?? 0;
        var learned = _state.Current.EmployeesOf(generation);
        var reading =
            new EmployeeListReading(_account, Session(context, known, $"Account {_account}"), learned, _environment, _logger);
        try
        {
            return (await reading.RunAsync(cancellationToken)).Select(AllOf);
        }
        finally
        {
            if (reading.Size != learned)
            {
                await KeepAsync(generation, reading.Size);
            }
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
    public async Task ClearAsync()
    {
        _isOver = true;
        _credentials.Forget();
        _opened.Forget();
        if (_state.Exists)
        {
            await _state.ClearAsync();
        }

        DeactivateOnIdle();
    }

    private CallGearSession Session(CallContext context, string subject) =>
        Session(context, _credentials.For(context.Generation), subject);

    private CallGearSession Session(CallContext context, CallCredentials known, string subject) =>
        new(_account, subject, context, _allowances.Of(context.RunId), _jitter, known, _opened, _gate, _environment, _logger);

    private async Task KeepAsync(long generation, RequestSize? employees)
    {
        try
        {
            await _state.UpdateAsync(stored => _isOver ? stored : stored.Learned(generation, employees));
        }
        catch (Exception exception)
        {
            // The next reading learns it again, which takes longer; this one's list is what matters.
            LogLearnedNotStored(_logger, exception, _account);
        }
    }

    private static CallOutcome<ImmutableArray<AccountEmployee>> Nobody { get; } = new([], null);

    private string SubjectOf(long employeeId) => $"Account {_account}, CallGear employee {employeeId}";

    private static ImmutableArray<AccountEmployee> AllOf(IReadOnlyCollection<CallGearEmployee> employees) =>
        [.. employees.Select(EmployeeMapping.FromClient)];
}
