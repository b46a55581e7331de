namespace OrleansSync.Api.Web.SignIn;

internal static partial class OidcSignIn
{
    [LoggerMessage(4301, LogLevel.Warning, "Signing in at the OIDC issuer failed")]
    private static partial void LogFailed(ILogger logger, Exception? exception);
}
