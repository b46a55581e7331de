namespace OrleansSync.Vendors.Http;

/// <summary>
/// What a failed call of a vendor means for the caller. Which of a vendor's codes mean what is in its client's <c>VendorErrors</c>.
/// </summary>
public enum VendorErrorKind
{
    /// <summary>The access token has expired and must be renewed.</summary>
    TokenExpired,

    /// <summary>The key, token or renewal was refused and a person must act; also HTTP 401 or 403 without a code that is known.</summary>
    Unauthorized,

    /// <summary>The key was not given the scope that the call needs.</summary>
    InsufficientScope,

    /// <summary>The account, or the part of its plan that is called, is switched off and a person must act.</summary>
    Blocked,

    /// <summary>Too many requests, or those that are granted are used up; also HTTP 429 without a code that is known.</summary>
    RateLimited,

    /// <summary>The method has used up its execution time; <see cref="VendorError.ResetAt"/> says when it may run again.</summary>
    OperationTimeLimit,

    /// <summary>
    /// The vendor could not be reached or failed for now: a 5xx without a code that is known (the front end's HTML pages with 502, 503 and
    /// 504 among them), a connection that failed, a timeout.
    /// </summary>
    Unavailable,

    /// <summary>
    /// The answer cannot be used: not JSON, cut short, too large, of another shape than documented, the answer to another request, not a
    /// whole list, or a redirect (none is followed) where <see cref="Moved"/> is not meant.
    /// </summary>
    InvalidAnswer,

    /// <summary>An address that an account names sends its callers to another one; <see cref="VendorError.Redirect"/> says where.</summary>
    Moved,

    /// <summary>What was asked for or changed is gone.</summary>
    NotFound,

    /// <summary>It exists already, perhaps by an earlier call whose answer was lost.</summary>
    Duplicate,

    /// <summary>The vendor understood the request and rejected it, also with every code that is not known.</summary>
    Rejected,
}
