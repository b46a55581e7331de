using System.Diagnostics.CodeAnalysis;

namespace OrleansSync.Bitrix24;

/// <summary>Either the value that was asked for or the reason why there is none.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
public sealed class Bitrix24Result<T>
{
    private readonly T? _value;

    internal Bitrix24Result(T? value, Bitrix24Error? error, Bitrix24Timing? timing)
    {
        _value = value;
        Error = error;
        Timing = timing;
    }

    /// <summary>Whether <see cref="Value"/> may be read.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    /// <summary>What was asked for.</summary>
    /// <exception cref="InvalidOperationException">The call failed.</exception>
    public T Value => IsSuccess ? _value! : throw new InvalidOperationException($"The call failed. {Error}");

    /// <summary>Why the call failed; null when it succeeded.</summary>
    public Bitrix24Error? Error { get; }

    /// <summary>The method's execution time, when the answer told it; failed calls can tell it too.</summary>
    public Bitrix24Timing? Timing { get; }
}

/// <summary>Makes results.</summary>
public static class Bitrix24Result
{
    /// <summary>A call that succeeded.</summary>
    public static Bitrix24Result<T> Success<T>(T value, Bitrix24Timing? timing = null) => new(value, null, timing);

    /// <summary>A call that failed.</summary>
    public static Bitrix24Result<T> Failure<T>(Bitrix24Error error, Bitrix24Timing? timing = null)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new(default, error, timing);
    }
}
