using System.Text.Json;

namespace OrleansSync.Vendors.Http;

/// <summary>Why a call of a vendor did not succeed. Holds no secret: those that the request carried are removed from every text.</summary>
/// <param name="Kind">What the failure means.</param>
/// <param name="Message">A sentence for a person, with the vendor's own words where there were any.</param>
public sealed record VendorError(VendorErrorKind Kind, string Message)
{
    /// <summary>The vendor's error code or mnemonic as answered; null when there was none.</summary>
    public string? Code { get; init; }

    /// <summary>The parameter that the vendor names; null when it names none. Members are separated by dots.</summary>
    public string? Field { get; init; }

    /// <summary>The value that the vendor names, as text or JSON; null when it names none. May be personal data: never for a log.</summary>
    public string? Value { get; init; }

    /// <summary>When the method may run again, for a vendor that answers a point in time; null if not answered.</summary>
    public DateTimeOffset? ResetAt { get; init; }

    /// <summary>
    /// How long to wait for new requests, for a vendor that answers a duration; never null for its
    /// <see cref="VendorErrorKind.RateLimited"/>.
    /// </summary>
    public TimeSpan? ResetAfter { get; init; }

    /// <summary>
    /// Whether a write may have taken effect all the same: its answer was lost, broken, a failure of the server, or an error that is not
    /// known. Look before sending it again. Always false for reads, for what the vendor refused by name, for a redirect, and for a
    /// connection that was never established.
    /// </summary>
    public bool IsOutcomeUnknown { get; init; }

    /// <summary>
    /// Whether somebody gave up waiting for the answer: the client after its timeout, or a gateway at the vendor (HTTP 504). The vendor may
    /// still be at work on the request then.
    /// </summary>
    public bool IsGivenUp { get; init; }

    /// <summary>The redirect that was answered, of which nothing was followed; null for anything else.</summary>
    public Redirect? Redirect { get; init; }

    /// <summary>The transport's exception chain, in which an exception of the host's connect callback can be found.</summary>
    public Exception? Cause { get; init; }

    /// <summary>
    /// Whether the same request may well succeed shortly (R8.11): the vendor was unavailable, the connection broke in the middle of an
    /// answer, or something else than the vendor answered. Limits are not counted here, they have their own times. A write must be looked
    /// up first when its outcome is unknown.
    /// </summary>
    public bool IsTransient =>
        Kind == VendorErrorKind.Unavailable || (Kind == VendorErrorKind.InvalidAnswer && Cause is IOException or JsonException);

    /// <summary>Whether no connection came about, so that nothing was sent.</summary>
    // The handler reports these only while it makes a connection, before a byte of the request is sent.
    public bool IsNeverConnected => Cause is HttpRequestException
    {
        HttpRequestError: HttpRequestError.NameResolutionError
            or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError
            or HttpRequestError.ProxyTunnelError,
    };

    /// <summary>The kind, code and message; never the cause, whose text is not this project's.</summary>
    public override string ToString() => Code is null ? $"{Kind}: {Message}" : $"{Kind} ({Code}): {Message}";
}
