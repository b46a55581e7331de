namespace OrleansSync.Sandbox.Bitrix24;

/// <summary>An error of Bitrix24's REST: code, HTTP status, and the text for people.</summary>
internal sealed record RestError(string Code, int Status, string Description)
{
    private static readonly Dictionary<string, RestError> _known = new RestError[]
    {
        new("NO_AUTH_FOUND", 401, "Wrong authorization data"),
        new("INVALID_CREDENTIALS", 401, "Invalid request credentials"),
        new("invalid_token", 401, "Unable to get application by token"),
        new("expired_token", 401, "The access token provided has expired."),
        new("AUTHORIZATION_ERROR", 401, "Unable to authorize user"),
        new("ERROR_OAUTH", 401, "Application not installed"),
        new("APPLICATION_NOT_FOUND", 401, "Application not found"),
        new("METHOD_CONFIRM_WAITING", 401, "Waiting for confirmation"),
        new("METHOD_CONFIRM_DENIED", 403, "Method call denied"),
        new("ALLOWED_ONLY_INTRANET_USER", 403, "Action allowed only for intranet users"),
        new("WRONG_AUTH_TYPE", 403, "Current authorization type is denied for this method"),
        new("insufficient_scope", 403, "The request requires higher privileges than provided by the webhook token"),
        new("user_access_error", 403, "The user does not have access to the application."),
        new("ACCESS_DENIED", 403, "REST API is available only on commercial plans."),
        new("PORTAL_DELETED", 500, "Portal was deleted"),
        new("OVERLOAD_LIMIT", 503, "REST API is blocked due to overload."),
        new("QUERY_LIMIT_EXCEEDED", 503, "Too many requests"),
        new("OPERATION_TIME_LIMIT", 429, "Method is blocked due to operation time limit."),
        new("ERROR_METHOD_NOT_FOUND", 404, "Method not found!"),
        new("ERROR_BATCH_LENGTH_EXCEEDED", 400, "Max batch length exceeded"),
        new("ERROR_BATCH_METHOD_NOT_ALLOWED", 405, "Method is not allowed for batch usage"),
        new("INTERNAL_SERVER_ERROR", 500, "Internal server error"),
        new("ERROR_UNEXPECTED_ANSWER", 500, "Server returned an unexpected response."),
        new("INVALID_REQUEST", 400, "The request is not valid, or not by https."),
        new("ERROR_MANIFEST_IS_NOT_AVAILABLE", 404, "Manifest is not available"),
        new("invalid_grant", 400, "The refresh token is not valid."),
        new("invalid_client", 401, "Client id or client secret is wrong."),
        new("wrong_client", 200, "Wrong client"),
        new("invalid_scope", 403, "The application asks for more than its card says."),
        new("PAYMENT_REQUIRED", 402, "The application's subscription has ended."),
    }.ToDictionary(e => e.Code, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The error by its code, in whatever letter case, which the answer keeps; a code that is not known here comes with HTTP 400.
    /// </summary>
    public static RestError Of(string code) =>
        _known.TryGetValue(code, out var known) ? known with { Code = code } : new RestError(code, 400, code);

    /// <summary>A parameter that is unknown, missing or of a wrong type.</summary>
    public static RestError Argument(string description) => new("ERROR_ARGUMENT", 400, description);
}
