namespace OrleansSync.Bitrix24;

/// <summary>Why a call to Bitrix24 did not succeed. Holds no secret: the credentials' are removed from every text.</summary>
/// <param name="Kind">What the failure means.</param>
/// <param name="Code">The vendor's error code as answered; null when there was none.</param>
/// <param name="Message">A sentence for a person, with the vendor's own description where there was one.</param>
/// <param name="ResetAt">For <see cref="Bitrix24ErrorKind.OperationTimeLimit"/>, when the method may run again; null if not answered.</param>
/// <param name="Cause">The transport's exception chain, in which an exception of the host's connect callback can be found.</param>
public sealed record Bitrix24Error(
    Bitrix24ErrorKind Kind,
    string? Code,
    string Message,
    DateTimeOffset? ResetAt = null,
    Exception? Cause = null)
{
    /// <summary>
    /// Whether the same request may well succeed shortly (R8.11): Bitrix24 was unavailable, or the connection broke in the middle of an
    /// answer. Limits are not counted here, they have their own times.
    /// </summary>
    public bool IsTransient =>
        Kind == Bitrix24ErrorKind.Unavailable || (Kind == Bitrix24ErrorKind.InvalidAnswer && Cause is IOException);

    /// <summary>The kind, code and message; never the cause, whose text is not this project's.</summary>
    public override string ToString() => Code is null ? $"{Kind}: {Message}" : $"{Kind} ({Code}): {Message}";
}
