namespace OrleansSync.Sandbox.Faults;

/// <summary>What goes wrong. Unless said otherwise the method is not carried out; <see cref="Fault.Executed"/> changes that.</summary>
public enum FaultKind
{
    /// <summary>
    /// The answer comes late, by <see cref="Fault.DelaySeconds"/>: the method waits before it is carried out, even if the client leaves, or
    /// is carried out first with <see cref="Fault.Executed"/>. Goes together with other faults.
    /// </summary>
    Latency,

    /// <summary>
    /// The request waits until it is released, before the method is carried out, or after it with <see cref="Fault.Executed"/>. Goes
    /// together with other faults.
    /// </summary>
    Hold,

    /// <summary>
    /// The vendor's error <see cref="Fault.Code"/>. One that names the method of a batch's command fails the command, not the batch.
    /// </summary>
    Error,

    /// <summary>The vendor's refusal for too many requests.</summary>
    RateLimit,

    /// <summary>An HTML page with <see cref="Fault.Status"/>, 502 by default; 200 is possible.</summary>
    Html,

    /// <summary>The connection ends without an answer.</summary>
    Drop,

    /// <summary>No answer until the client leaves.</summary>
    NeverAnswer,

    /// <summary>302 to <see cref="Fault.Location"/>.</summary>
    Redirect,

    /// <summary>A body that goes on until the client leaves, or <see cref="Fault.Amount"/> bytes (200 MB by default) were sent.</summary>
    EndlessBody,

    /// <summary>Executed; the answer is correct but padded to <see cref="Fault.Amount"/> bytes (64 MB by default).</summary>
    HugeBody,

    /// <summary>Executed; the connection ends in the middle of the answer.</summary>
    CutOff,

    /// <summary>Executed; HTTP is in order, but the second half of the JSON is missing.</summary>
    Truncated,

    /// <summary>Executed; the answer is not JSON at its end.</summary>
    MalformedJson,

    /// <summary>Executed; a string of the answer holds a byte that is not UTF-8.</summary>
    InvalidUtf8,

    /// <summary>Executed; a list without members, as if there were none.</summary>
    EmptyList,

    /// <summary>
    /// Executed; a list that lacks <see cref="Fault.Amount"/> members (1 by default) in its middle and says nothing of it.
    /// </summary>
    LostItems,

    /// <summary>Executed; a list in which two members have changed places, so that ids do not rise.</summary>
    UnorderedIds,

    /// <summary>Executed; CallGear's <c>total_items</c> is off by <see cref="Fault.Amount"/> (1 by default) more on each hit.</summary>
    ShiftingTotal,
}
