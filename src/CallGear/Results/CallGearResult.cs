using System.Diagnostics.CodeAnalysis;

namespace OrleansSync.CallGear;

/// <summary>Either the value that was asked for or the reason why there is none.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
public sealed class CallGearResult<T>
{
    private readonly T? _value;

    internal CallGearResult(T? value, CallGearError? error, CallGearLimits? limits)
    {
        _value = value;
        Error = error;
        Limits = limits;
    }

    /// <summary>Whether <see cref="Value"/> may be read.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    /// <summary>What was asked for.</summary>
    /// <exception cref="InvalidOperationException">The call failed.</exception>
    public T Value => IsSuccess ? _value! : throw new InvalidOperationException($"The call failed. {Error}");

    /// <summary>Why the call failed; null when it succeeded.</summary>
    public CallGearError? Error { get; }

    /// <summary>The account's limits, when the answer told them; errors can tell them too.</summary>
    public CallGearLimits? Limits { get; }
}

/// <summary>Makes results.</summary>
public static class CallGearResult
{
    /// <summary>A call that succeeded.</summary>
    public static CallGearResult<T> Success<T>(T value, CallGearLimits? limits = null) => new(value, null, limits);

    /// <summary>A call that failed.</summary>
    public static CallGearResult<T> Failure<T>(CallGearError error, CallGearLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new(default, error, limits);
    }
}

/// <summary>The value of a write that CallGear answers with nothing but success.</summary>
public readonly record struct Acknowledgement;
