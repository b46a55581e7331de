namespace OrleansSync.CallGear;

/// <summary>Why a call to CallGear did not succeed. Holds no secret: the key is removed from every text.</summary>
/// <param name="Kind">What the failure means.</param>
/// <param name="Message">A sentence for a person, with the vendor's own message and field where there were any.</param>
public sealed record CallGearError(CallGearErrorKind Kind, string Message)
{
    /// <summary>The vendor's mnemonic, which decides the kind; null when there was none.</summary>
    public string? Mnemonic { get; init; }

    /// <summary>The JSON-RPC error code; null when there was none.</summary>
    public long? Code { get; init; }

    /// <summary>The parameter that CallGear names; null when it names none. Members are separated by dots.</summary>
    public string? Field { get; init; }

    /// <summary>For <see cref="CallGearErrorKind.LimitExceeded"/>, how long to wait; never null there.</summary>
    public TimeSpan? ResetAfter { get; init; }

    /// <summary>
    /// Whether a write may have taken effect all the same: its answer was lost, broken, a failure of the server, or an error that is not
    /// known. Look before sending it again. Always false for reads, for what CallGear refused by name, for a redirect, and for a
    /// connection that was never established.
    /// </summary>
    public bool IsOutcomeUnknown { get; init; }

    /// <summary>
    /// Whether somebody gave up waiting for the answer: this client after its timeout, or a gateway at the vendor (HTTP 504). CallGear may still be at work on the
    /// request then.
    /// </summary>
    public bool IsGivenUp { get; init; }

    /// <summary>The transport's exception chain, in which an exception of the host's connect callback can be found.</summary>
    public Exception? Cause { get; init; }

    /// <summary>
    /// Whether it is the phone numbers that CallGear refuses, so that the employee may be accepted without them (R5.5).
    /// </summary>
    public bool IsPhoneRejected =>
        Kind is CallGearErrorKind.Rejected or CallGearErrorKind.Duplicate
        && Field is not null
        && Field.Split('.').Any(static part => part.StartsWith("phone_number", StringComparison.Ordinal));

    /// <summary>
    /// Whether the same request may well succeed shortly (R8.11): CallGear was unavailable, or the connection broke in the middle of an
    /// answer. Limits are not counted here, they have their own times. A write must be looked up first when its outcome is unknown.
    /// </summary>
    public bool IsTransient =>
        Kind == CallGearErrorKind.Unavailable || (Kind == CallGearErrorKind.InvalidAnswer && Cause is IOException);

    /// <summary>The kind, mnemonic and message; never the cause, whose text is not this project's.</summary>
    public override string ToString() => Mnemonic is null ? $"{Kind}: {Message}" : $"{Kind} ({Mnemonic}): {Message}";
}
