using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Connections;

/// <summary>What to make of one request.</summary>
internal enum Verdict
{
    /// <summary>It is over, well or not.</summary>
    Final,

    /// <summary>It failed for a reason that may pass: a read is repeated (R8.11).</summary>
    Passing,

    /// <summary>It was not carried out and can be sent again as soon as it is admitted: a limit was met, or a token was renewed.</summary>
    NotCarriedOut,
}

/// <summary>What one request, or asking for its admission, came to.</summary>
/// <param name="Verdict">What to make of it.</param>
/// <param name="Failure">Why there is no value; null when there is one.</param>
/// <param name="Value">What was asked for.</param>
internal readonly record struct Attempt<T>(Verdict Verdict, CallFailure? Failure, T? Value)
{
    /// <summary>It gave what was asked for.</summary>
    public static Attempt<T> Success(T value) => new(Verdict.Final, null, value);

    /// <summary>It failed for good.</summary>
    public static Attempt<T> Failed(CallFailure failure) => new(Verdict.Final, failure, default);

    /// <summary>It failed for a reason that may pass.</summary>
    public static Attempt<T> Passed(CallFailure failure) => new(Verdict.Passing, failure, default);

    /// <summary>It was not carried out.</summary>
    public static Attempt<T> NotCarriedOut => new(Verdict.NotCarriedOut, null, default);
}
