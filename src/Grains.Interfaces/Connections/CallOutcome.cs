namespace OrleansSync.Grains.Interfaces.Connections;

/// <summary>On whose behalf a vendor is called.</summary>
/// <param name="RunId">The run, which has one allowance for repeated reads (R8.11); null for a single call by hand.</param>
/// <param name="Urgent">Whether a person waits: served before scheduled calls where a limit makes calls wait.</param>
/// <param name="Generation">
/// The generation of the account's connection that the call is made on the strength of: under another nothing is sent
/// (<see cref="CallFailure.IsOutdated"/>). Null for whichever there is.
/// </param>
[GenerateSerializer, Immutable, Alias("CallContext")]
public sealed record CallContext([property: Id(0)] string? RunId, [property: Id(1)] bool Urgent, [property: Id(2)] long? Generation = null);

/// <summary>Why a call of a vendor gave nothing.</summary>
[GenerateSerializer, Immutable, Alias("CallFailure")]
public sealed record CallFailure
{
    /// <summary>What went wrong.</summary>
    [Id(0)] public required Problem Problem { get; init; }

    /// <summary>Whether the change may have been made although no answer says so.</summary>
    [Id(1)] public bool IsOutcomeUnknown { get; init; }

    /// <summary>Whether the request may still be under way at the vendor, because its answer was given up waiting for.</summary>
    [Id(2)] public bool MayStillHappen { get; init; }

    /// <summary>Whether the employee or group is not there.</summary>
    [Id(3)] public bool IsGone { get; init; }

    /// <summary>Whether the vendor says that such an employee exists.</summary>
    [Id(4)] public bool IsDuplicate { get; init; }

    /// <summary>What the vendor itself said, where it said something a person can use.</summary>
    [Id(6)] public string? VendorText { get; init; }

    /// <summary>R5.5: whether it is the number that was refused.</summary>
    [Id(5)] public bool IsNumberRefused { get; init; }

    /// <summary>Whether the change was not sent, because the moment until which it might be had passed.</summary>
    [Id(7)] public bool IsTooLate { get; init; }

    /// <summary>Whether nothing was sent, because the connection that the call was made for is not the account's any more.</summary>
    [Id(8)] public bool IsOutdated { get; init; }

    /// <summary>R8.11: whether the same read may well succeed shortly, so that it is repeated while there is time.</summary>
    [Id(9)] public bool IsPassing { get; init; }

    /// <summary>The parameter that the vendor refuses; null when it names neither a parameter nor a value.</summary>
    [Id(10)] public RefusedParameter? Parameter { get; init; }

    /// <summary>R5.5a: whether the vendor does not name the parameter that it refuses, so that it may be a number.</summary>
    [Id(11)] public bool MayBeNumber { get; init; }

    /// <summary>
    /// Whether the key's rights or the account's plan lack the method or the parameter; what else is called may be granted.
    /// </summary>
    [Id(12)] public bool IsMethodRefused { get; init; }

    /// <summary>Whether it is a parameter, named or not, that the account's plan lacks, so that the call may do without it.</summary>
    [Id(13)] public bool IsParameterRefused { get; init; }

    /// <summary>Whether every other call of the account would fail alike, so that the run ends.</summary>
    public bool ConcernsAccount => Problem.NeedsPerson || Problem.Code == ProblemCode.RateLimited || IsOutdated;

    /// <summary>A failure for good, with nothing more to tell of it.</summary>
    public static CallFailure Of(ProblemCode code, string message) => new() { Problem = new Problem(code, message) };
}

/// <summary>What a vendor names in a refusal.</summary>
/// <param name="Name">The parameter's own name, without those of the objects around it; null when it names only a value.</param>
/// <param name="Index">Its place, from 0, in the list that it is part of; null where none is named.</param>
/// <param name="Value">The value as text or JSON; null when none is named. May be personal data.</param>
[GenerateSerializer, Immutable, Alias("RefusedParameter")]
public sealed record RefusedParameter(
    [property: Id(0)] string? Name, [property: Id(1)] int? Index = null, [property: Id(2)] string? Value = null);

/// <summary>What a call of a vendor gave.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
/// <param name="Value">The answer; the default when there is a failure.</param>
/// <param name="Failure">Why there is no answer; null when there is one.</param>
/// <param name="Calls">HTTP requests that were sent, repeated ones included.</param>
[GenerateSerializer, Immutable, Alias("CallOutcome`1")]
public sealed record CallOutcome<T>([property: Id(0)] T? Value, [property: Id(1)] CallFailure? Failure, [property: Id(2)] int Calls = 0)
{
    /// <summary>No answer.</summary>
    public static implicit operator CallOutcome<T>(CallFailure failure) => new(default, failure);

    /// <summary>The answer as something else; a failure stays as it is.</summary>
    public CallOutcome<TOther> Select<TOther>(Func<T, TOther> select) => new(Failure is null ? select(Value!) : default, Failure, Calls);
}
