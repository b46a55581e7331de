namespace OrleansSync.Bitrix24.Responses;

/// <summary>The vendor's error codes and what they mean here: the code decides, and the HTTP status where the code is not known.</summary>
internal static class VendorErrors
{
    private static readonly Dictionary<string, VendorErrorKind> _kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["expired_token"] = VendorErrorKind.TokenExpired,
        ["NO_AUTH_FOUND"] = VendorErrorKind.Unauthorized,
        ["invalid_token"] = VendorErrorKind.Unauthorized,
        ["INVALID_CREDENTIALS"] = VendorErrorKind.Unauthorized,

        // Not a missing scope: the portal's administrator has not let this user use the application at all.
        ["user_access_error"] = VendorErrorKind.Unauthorized,
        ["invalid_grant"] = VendorErrorKind.Unauthorized,
        ["invalid_client"] = VendorErrorKind.Unauthorized,
        ["insufficient_scope"] = VendorErrorKind.InsufficientScope,
        ["ACCESS_DENIED"] = VendorErrorKind.Blocked,
        ["PORTAL_DELETED"] = VendorErrorKind.Blocked,
        ["OVERLOAD_LIMIT"] = VendorErrorKind.Blocked,
        ["PAYMENT_REQUIRED"] = VendorErrorKind.Blocked,
        ["QUERY_LIMIT_EXCEEDED"] = VendorErrorKind.RateLimited,
        ["OPERATION_TIME_LIMIT"] = VendorErrorKind.OperationTimeLimit,
        ["INTERNAL_SERVER_ERROR"] = VendorErrorKind.Unavailable,
        ["ERROR_UNEXPECTED_ANSWER"] = VendorErrorKind.Unavailable,
    };

    /// <summary>The kind of an answer that is an error by its code or its status.</summary>
    public static VendorErrorKind Classify(string? code, int status, AnswerContext context)
    {
        if (context == AnswerContext.Renewal)
        {
            switch (code?.ToUpperInvariant())
            {
                // In a renewal both say that the refresh token is of no use; as a call's error they mean other things.
                case "EXPIRED_TOKEN" or "INVALID_REQUEST":
                    return VendorErrorKind.Unauthorized;
            }
        }

        if (code is not null && _kinds.TryGetValue(code, out var kind))
        {
            return kind;
        }

        return status switch
        {
            401 or 403 => VendorErrorKind.Unauthorized,
            429 => VendorErrorKind.RateLimited,
            >= 500 => VendorErrorKind.Unavailable,
            _ => code is null ? VendorErrorKind.InvalidAnswer : VendorErrorKind.Rejected,
        };
    }

    /// <summary>The error with a sentence for a person.</summary>
    public static VendorError Create(
        VendorErrorKind kind, string? code, string? description, int status, DateTimeOffset? resetAt, Redaction redaction)
    {
        var shownCode = string.IsNullOrWhiteSpace(code) ? null : redaction.Clean(code);
        var said = string.IsNullOrWhiteSpace(description) ? null : redaction.Clean(description);
        var details = (shownCode, said) switch
        {
            (null, null) => $" It answered with HTTP {status}.",
            (null, _) => $" It answered: {said}",
            (_, null) => $" It answered {shownCode}.",
            _ => $" It answered {shownCode}: {said}",
        };
        return new VendorError(kind, Sentence(kind) + details) { Code = shownCode, ResetAt = resetAt };
    }

    private static string Sentence(VendorErrorKind kind) => kind switch
    {
        VendorErrorKind.TokenExpired => "The Bitrix24 access token has expired.",
        VendorErrorKind.Unauthorized => "Bitrix24 refused the webhook or token; give it a new one.",
        VendorErrorKind.InsufficientScope => "The Bitrix24 key lacks a permission; give it the scope user_basic.",
        VendorErrorKind.Blocked => "Bitrix24 has switched off REST calls for this portal; check its plan and state.",
        VendorErrorKind.RateLimited => "Bitrix24 accepts no more requests for this portal just now.",
        VendorErrorKind.OperationTimeLimit => "The execution time that Bitrix24 grants this portal is used up for now.",
        VendorErrorKind.Unavailable => "Bitrix24 is not available just now.",
        VendorErrorKind.InvalidAnswer => "Bitrix24 gave an answer that cannot be used.",
        _ => "Bitrix24 rejected the request.",
    };
}

/// <summary>What was asked, where the same code means different things.</summary>
internal enum AnswerContext
{
    /// <summary>A REST method.</summary>
    Call,

    /// <summary>Renewing an OAuth token.</summary>
    Renewal,
}
