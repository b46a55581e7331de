using System.Diagnostics.CodeAnalysis;

namespace OrleansSync.Vendors.Http;

/// <summary>Either the value that was asked for or the reason why there is none.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
/// <typeparam name="TUsage">What the vendor's answers tell of its limits.</typeparam>
public sealed class VendorResult<T, TUsage>
    where TUsage : class
{
    private readonly T? _value;

    internal VendorResult(T? value, VendorError? error, TUsage? usage)
    {
        _value = value;
        Error = error;
        Usage = usage;
    }

    /// <summary>Whether <see cref="Value"/> may be read.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    /// <summary>What was asked for.</summary>
    /// <exception cref="InvalidOperationException">The call failed.</exception>
    public T Value => IsSuccess ? _value! : throw new InvalidOperationException($"The call failed. {Error}");

    /// <summary>Why the call failed; null when it succeeded.</summary>
    public VendorError? Error { get; }

    /// <summary>What is left of the vendor's limits, when the answer told it; failed calls can tell it too.</summary>
    public TUsage? Usage { get; }
}

/// <summary>Makes results.</summary>
public static class VendorResult
{
    /// <summary>A call that succeeded.</summary>
    public static VendorResult<T, TUsage> Success<T, TUsage>(T value, TUsage? usage)
        where TUsage : class => new(value, null, usage);

    /// <summary>A call that failed.</summary>
    public static VendorResult<T, TUsage> Failure<T, TUsage>(VendorError error, TUsage? usage = null)
        where TUsage : class
    {
        ArgumentNullException.ThrowIfNull(error);
        return new(default, error, usage);
    }
}
