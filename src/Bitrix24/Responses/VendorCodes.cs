namespace OrleansSync.Bitrix24.Responses;

/// <summary>
/// The vendor's published error codes, each with who has to act. Sources: its pages on errors of calls, of limits, of confirmed methods and
/// of the token server; the codes in the public copies of its REST module; the lists of its own clients for PHP, Python and JavaScript.
/// Inside a batch a code comes without an HTTP status of its own, so that no code may be left to its status.
/// </summary>
internal static class VendorCodes
{
    private const string NotInstalled =
        "The application is not installed in this Bitrix24 portal any more; install it there, and connect the account again.";

    private const string TokenIsSpent =
        "Bitrix24's token server takes this token no more: it has expired, or was used already, which counts once only. If another account "
        + "or program has the same pair of tokens, give each its own; connect the account again with new tokens.";

    private const string UnknownApplication =
        "Bitrix24's token server does not know this service's OAuth application in the portal; check its client id and secret, and that it "
        + "is installed there.";

    /// <summary>What calls are answered with, alone or inside a batch.</summary>
    public static IReadOnlyList<VendorCode> OfCalls { get; } =
    [
        new("expired_token", VendorErrorKind.TokenExpired),

        // The key.
        new("NO_AUTH_FOUND", VendorErrorKind.Unauthorized),
        new("invalid_token", VendorErrorKind.Unauthorized),
        new("INVALID_CREDENTIALS", VendorErrorKind.Unauthorized),
        new("AUTHORIZATION_ERROR", VendorErrorKind.Unauthorized,
            "Bitrix24 does not let the owner of the webhook or token in, as when that user was dismissed; give it one of another user."),
        new("ERROR_OAUTH", VendorErrorKind.Unauthorized, NotInstalled),
        new("APPLICATION_NOT_FOUND", VendorErrorKind.Unauthorized, NotInstalled),
        new("NOT_INSTALLED", VendorErrorKind.Unauthorized, NotInstalled),
        new("ALLOWED_ONLY_INTRANET_USER", VendorErrorKind.Unauthorized,
            "The owner of the webhook or token is not an employee of the Bitrix24 portal; give it one of an employee."),
        new("WRONG_AUTH_TYPE", VendorErrorKind.Unauthorized,
            "Bitrix24 does not take this kind of key for the call; use a webhook instead of an application, or the reverse."),
        new("METHOD_CONFIRM_WAITING", VendorErrorKind.Unauthorized,
            "An administrator of the Bitrix24 portal has to allow the application's calls; the portal has asked for it."),
        new("METHOD_CONFIRM_DENIED", VendorErrorKind.Unauthorized,
            "An administrator of the Bitrix24 portal has refused the application's calls; have the portal allow them."),
        new("user_access_error", VendorErrorKind.Unauthorized,
            "The Bitrix24 portal lets only some users use the application, and this one is not among them; have its administrator add it."),
        new("invalid_grant", VendorErrorKind.Unauthorized),
        new("invalid_client", VendorErrorKind.Unauthorized),
        new("wrong_client", VendorErrorKind.Unauthorized),

        // Its rights.
        new("insufficient_scope", VendorErrorKind.InsufficientScope),
        new("invalid_scope", VendorErrorKind.InsufficientScope),

        // The portal, or what is paid for.
        new("ACCESS_DENIED", VendorErrorKind.Blocked),
        new("OVERLOAD_LIMIT", VendorErrorKind.Blocked),
        new("PORTAL_DELETED", VendorErrorKind.Blocked),
        new("PAYMENT_REQUIRED", VendorErrorKind.Blocked,
            "The paid time of the Bitrix24 portal or of the application has ended; have it paid for."),

        // Limits.
        new("QUERY_LIMIT_EXCEEDED", VendorErrorKind.RateLimited),
        new("OPERATION_TIME_LIMIT", VendorErrorKind.OperationTimeLimit),

        // What passes.
        new("INTERNAL_SERVER_ERROR", VendorErrorKind.Unavailable),
        new("ERROR_UNEXPECTED_ANSWER", VendorErrorKind.Unavailable),
        new("INTERNAL_WRONG_TRANSPORT", VendorErrorKind.Unavailable),
        new("INTERNAL_WRONG_HANDLER_CLASS", VendorErrorKind.Unavailable),

        // This call.
        new("ERROR_BATCH_LENGTH_EXCEEDED", VendorErrorKind.Rejected),
        new("ERROR_BATCH_METHOD_NOT_ALLOWED", VendorErrorKind.Rejected),
        new("ERROR_METHOD_NOT_FOUND", VendorErrorKind.Rejected),
        new("ERROR_MANIFEST_IS_NOT_AVAILABLE", VendorErrorKind.Rejected),
        new("INVALID_REQUEST", VendorErrorKind.Rejected),
        new("INVALID_ARG_VALUE", VendorErrorKind.Rejected),
        new("ERROR_ARGUMENT", VendorErrorKind.Rejected),
        new("ERROR_CORE", VendorErrorKind.Rejected),
        new("ERROR_NOT_FOUND", VendorErrorKind.Rejected),
        new("ERROR_ENTITY_NOT_FOUND", VendorErrorKind.Rejected),
        new("NOT_FOUND", VendorErrorKind.Rejected),
        new("100", VendorErrorKind.Rejected),
    ];

    /// <summary>What means something else where the customer hosts the portal.</summary>
    public static IReadOnlyList<VendorCode> OnPremise { get; } =
    [
        // The vendor's code answers it whenever the public part of the site is closed, which an administrator does for an update.
        new("PORTAL_DELETED", VendorErrorKind.Unavailable,
            "The public part of the Bitrix24 portal is closed, as it is while the portal is updated; its administrator can open it."),
    ];

    /// <summary>What means something else when tokens are asked for.</summary>
    public static IReadOnlyList<VendorCode> OfRenewals { get; } =
    [
        new("expired_token", VendorErrorKind.Unauthorized, TokenIsSpent),
        new("invalid_grant", VendorErrorKind.Unauthorized, TokenIsSpent),
        new("bad_verification_code", VendorErrorKind.Unauthorized, TokenIsSpent),
        new("invalid_request", VendorErrorKind.Unauthorized),
        new("invalid_client", VendorErrorKind.Unauthorized, UnknownApplication),
        new("wrong_client", VendorErrorKind.Unauthorized, UnknownApplication),
    ];
}
