namespace OrleansSync.Bitrix24;

/// <summary>The vendor's error codes and what they mean here: the code decides, and the HTTP status where the code is not known.</summary>
internal static class VendorErrors
{
    private static readonly Dictionary<string, Bitrix24ErrorKind> _kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["expired_token"] = Bitrix24ErrorKind.TokenExpired,
        ["NO_AUTH_FOUND"] = Bitrix24ErrorKind.Unauthorized,
        ["invalid_token"] = Bitrix24ErrorKind.Unauthorized,
        ["INVALID_CREDENTIALS"] = Bitrix24ErrorKind.Unauthorized,

        // Not a missing scope: the portal's administrator has not let this user use the application at all.
        ["user_access_error"] = Bitrix24ErrorKind.Unauthorized,
        ["invalid_grant"] = Bitrix24ErrorKind.Unauthorized,
        ["invalid_client"] = Bitrix24ErrorKind.Unauthorized,
        ["insufficient_scope"] = Bitrix24ErrorKind.InsufficientScope,
        ["ACCESS_DENIED"] = Bitrix24ErrorKind.Blocked,
        ["PORTAL_DELETED"] = Bitrix24ErrorKind.Blocked,
        ["OVERLOAD_LIMIT"] = Bitrix24ErrorKind.Blocked,
        ["PAYMENT_REQUIRED"] = Bitrix24ErrorKind.Blocked,
        ["QUERY_LIMIT_EXCEEDED"] = Bitrix24ErrorKind.RateLimited,
        ["OPERATION_TIME_LIMIT"] = Bitrix24ErrorKind.OperationTimeLimit,
        ["INTERNAL_SERVER_ERROR"] = Bitrix24ErrorKind.Unavailable,
        ["ERROR_UNEXPECTED_ANSWER"] = Bitrix24ErrorKind.Unavailable,
    };

    /// <summary>The kind of an answer that is an error by its code or its status.</summary>
    public static Bitrix24ErrorKind Classify(string? code, int status, AnswerContext context)
    {
        if (context == AnswerContext.Renewal)
        {
            switch (code?.ToUpperInvariant())
            {
                // In a renewal both say that the refresh token is of no use; as a call's error they mean other things.
                case "EXPIRED_TOKEN" or "INVALID_REQUEST":
                    return Bitrix24ErrorKind.Unauthorized;
            }
        }

        if (code is not null && _kinds.TryGetValue(code, out var kind))
        {
            return kind;
        }

        return status switch
        {
            401 or 403 => Bitrix24ErrorKind.Unauthorized,
            429 => Bitrix24ErrorKind.RateLimited,
            >= 500 => Bitrix24ErrorKind.Unavailable,
            _ => code is null ? Bitrix24ErrorKind.InvalidAnswer : Bitrix24ErrorKind.Rejected,
        };
    }

    /// <summary>The error with a sentence for a person.</summary>
    public static Bitrix24Error Create(
        Bitrix24ErrorKind kind, string? code, string? description, int status, DateTimeOffset? resetAt, Redaction redaction)
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
        return new Bitrix24Error(kind, shownCode, Sentence(kind) + details, resetAt);
    }

    private static string Sentence(Bitrix24ErrorKind kind) => kind switch
    {
        Bitrix24ErrorKind.TokenExpired => "The Bitrix24 access token has expired.",
        Bitrix24ErrorKind.Unauthorized => "Bitrix24 refused the webhook or token; give it a new one.",
        Bitrix24ErrorKind.InsufficientScope => "The Bitrix24 key lacks a permission; give it the scope user_basic.",
        Bitrix24ErrorKind.Blocked => "Bitrix24 has switched off REST calls for this portal; check its plan and state.",
        Bitrix24ErrorKind.RateLimited => "Bitrix24 accepts no more requests for this portal just now.",
        Bitrix24ErrorKind.OperationTimeLimit => "The execution time that Bitrix24 grants this portal is used up for now.",
        Bitrix24ErrorKind.Unavailable => "Bitrix24 is not available just now.",
        Bitrix24ErrorKind.InvalidAnswer => "Bitrix24 gave an answer that cannot be used.",
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
