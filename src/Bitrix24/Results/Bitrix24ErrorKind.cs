namespace OrleansSync.Bitrix24;

/// <summary>What a failed call to Bitrix24 means for the caller.</summary>
public enum Bitrix24ErrorKind
{
    /// <summary>The access token has expired and must be renewed (<c>expired_token</c>).</summary>
    TokenExpired,

    /// <summary>
    /// The webhook, token or renewal was refused and a person must act: <c>NO_AUTH_FOUND</c>, <c>invalid_token</c>,
    /// <c>INVALID_CREDENTIALS</c>, <c>user_access_error</c> (the key's owner may not use the application), a renewal's
    /// <c>invalid_grant</c>, <c>invalid_client</c> and <c>invalid_request</c>, and HTTP 401 or 403 without a code that is known.
    /// </summary>
    Unauthorized,

    /// <summary>The key was not given the scope that the call needs (<c>insufficient_scope</c>, in a renewal too).</summary>
    InsufficientScope,

    /// <summary>
    /// The portal's REST is switched off and a person must act: <c>ACCESS_DENIED</c> (plan without REST), <c>PORTAL_DELETED</c>,
    /// <c>OVERLOAD_LIMIT</c> (blocked by hand), <c>PAYMENT_REQUIRED</c>.
    /// </summary>
    Blocked,

    /// <summary>Too many requests for the portal's leaky bucket (<c>QUERY_LIMIT_EXCEEDED</c>, or HTTP 429 without a known code).</summary>
    RateLimited,

    /// <summary>
    /// The method has used up its execution time of the last ten minutes (<c>OPERATION_TIME_LIMIT</c>);
    /// <see cref="Bitrix24Error.ResetAt"/> says when it may run again.
    /// </summary>
    OperationTimeLimit,

    /// <summary>
    /// Bitrix24 could not be reached or failed for now: <c>INTERNAL_SERVER_ERROR</c>, <c>ERROR_UNEXPECTED_ANSWER</c>, any other 5xx
    /// (the front end's HTML pages with 502, 503 and 504 among them), a connection that failed, a timeout.
    /// </summary>
    Unavailable,

    /// <summary>
    /// The answer cannot be used: not JSON, cut short, too large, of another shape than documented, or a redirect (none is followed).
    /// </summary>
    InvalidAnswer,

    /// <summary>Any other error code: Bitrix24 understood the request and rejected it.</summary>
    Rejected,
}
