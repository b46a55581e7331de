using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Tests.Employees;

/// <summary>An account's way to CallGear that answers as a test says, and nothing beyond it. Every call counts as one request.</summary>
internal sealed class ScriptedCallGear : ICallGearConnectionGrain
{
    public static readonly CallContext Context = new("run", Urgent: true, Generation: 3);

    private readonly Queue<object> _answers = new();

    /// <summary>What was asked, in its order.</summary>
    public List<string> Asked { get; } = [];

    public List<NewEmployee> Created { get; } = [];

    public List<EmployeeUpdate> Updated { get; } = [];

    /// <summary>Until when changes might be sent.</summary>
    public List<DateTimeOffset> SendBefore { get; } = [];

    /// <summary>Whether there was an answer left that nobody asked for.</summary>
    public int Left => _answers.Count;

    public static CallFailure Refused { get; } = new() { Problem = new Problem(ProblemCode.Rejected, "Refused.") };

    public static CallFailure Lost { get; } = new() { Problem = new Problem(ProblemCode.Unreachable, "Lost."), IsOutcomeUnknown = true };

    /// <summary>An answer that was given up waiting for.</summary>
    public static CallFailure Slow { get; } = Lost with { MayStillHappen = true };

    public static CallFailure Duplicate { get; } = Refused with { IsDuplicate = true };

    public static CallFailure TooLate { get; } = new() { Problem = new Problem(ProblemCode.Unreachable, "Too late."), IsTooLate = true };

    public static CallFailure NumberRefused { get; } = Refused with { IsNumberRefused = true, VendorText = "Bad number." };

    /// <summary>R5.5a: a refusal that names nothing.</summary>
    public static CallFailure Unnamed { get; } = Refused with { MayBeNumber = true, VendorText = "No." };

    /// <summary>That the key has no right to the method.</summary>
    public static CallFailure Forbidden { get; } = new()
    {
        Problem = new Problem(ProblemCode.CallGearUnauthorized, "Forbidden."),
        IsMethodRefused = true,
        VendorText = "It answered forbidden.",
    };

    /// <summary>That the account's plan lacks a parameter.</summary>
    public static CallFailure PlanLacks(string parameter) => new()
    {
        Problem = new Problem(ProblemCode.CallGearBlocked, "Off."),
        IsMethodRefused = true,
        IsParameterRefused = true,
        Parameter = new RefusedParameter(parameter),
    };

    /// <summary>Failures of one call and whether every other call of the account would fail alike.</summary>
    public static TheoryData<ProblemCode, bool, bool> Endings => new()
    {
        { ProblemCode.Rejected, false, false },
        { ProblemCode.InvalidAnswer, false, false },
        { ProblemCode.RateLimited, false, true },
        { ProblemCode.CallGearUnauthorized, false, true },
        { ProblemCode.Interrupted, true, true },
    };

    /// <summary>Lets calls fail, one after the other.</summary>
    public ScriptedCallGear Fails(params CallFailure[] failures) => Enqueue(failures);

    /// <summary>Lets a create answer an id.</summary>
    public ScriptedCallGear Creates(long id) => Enqueue([id]);

    /// <summary>Lets a read or a look-up answer employees.</summary>
    public ScriptedCallGear Finds(params AccountEmployee[] employees) => Enqueue([ImmutableArray.Create(employees)]);

    /// <summary>Lets an update succeed.</summary>
    public ScriptedCallGear Updates() => Enqueue([true]);

    public Task<CallOutcome<ImmutableArray<AccountEmployee>>> GetEmployeeAsync(
        long employeeId, CallContext context, CancellationToken cancellationToken) =>
        Answer<ImmutableArray<AccountEmployee>>($"get {employeeId}", context);

    public Task<CallOutcome<ImmutableArray<AccountEmployee>>> FindByEmailAsync(
        string email, CallContext context, CancellationToken cancellationToken) =>
        Answer<ImmutableArray<AccountEmployee>>($"find {email}", context);

    public Task<CallOutcome<long>> CreateAsync(
        NewEmployee employee, DateTimeOffset sendBefore, CallContext context, CancellationToken cancellationToken)
    {
        Created.Add(employee);
        SendBefore.Add(sendBefore);
        return Answer<long>("create", context);
    }

    public Task<CallOutcome<bool>> UpdateAsync(
        EmployeeUpdate update, DateTimeOffset sendBefore, CallContext context, CancellationToken cancellationToken)
    {
        Updated.Add(update);
        SendBefore.Add(sendBefore);
        return Answer<bool>("update", context);
    }

    public Task<CallOutcome<ImmutableArray<AccountEmployee>>> ListEmployeesAsync(
        CallContext context, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<CallOutcome<bool>> SetGroupMembersAsync(
        long groupId, ImmutableArray<long> employeeIds, CallContext context, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task ClearAsync() => throw new NotSupportedException();

    private ScriptedCallGear Enqueue<T>(params IEnumerable<T> answers)
    {
        foreach (var answer in answers)
        {
            _answers.Enqueue(answer!);
        }

        return this;
    }

    private Task<CallOutcome<T>> Answer<T>(string what, CallContext context)
    {
        Assert.Equal(Context, context);
        Asked.Add(what);
        return Task.FromResult(_answers.Dequeue() is var answer && answer is CallFailure failure
            ? new CallOutcome<T>(default, failure, 1)
            : new CallOutcome<T>((T)answer, null, 1));
    }
}
