using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using OrleansSync.Api.Authorization;
using OrleansSync.Api.Settings;

namespace OrleansSync.Api.Web.SignIn;

/// <summary>
/// Signing in with a browser at an OpenID Connect issuer: authorization code with PKCE. What the issuer says of a person counts as in
/// access tokens.
/// </summary>
internal static partial class OidcSignIn
{
    public const string Scheme = "OidcBrowser";

    /// <summary>Where the issuer sends people back to; to be registered there.</summary>
    public const string CallbackPath = "/sign-in/oidc";

    /// <summary>How long a person stays signed in. The issuer is not asked in between, so that it does not grow with use.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(8);

    private const string FailedPath = SignInEndpoints.Path + "?failed=oidc";

    /// <summary>Adds the scheme, where the operator has set a client.</summary>
    public static IServiceCollection AddOidcSignIn(this IServiceCollection services, OidcIssuer? settings)
    {
        services.AddSingleton(new SignInWays(settings?.ClientId is not null));
        if (settings is not { ClientId: { } clientId })
        {
            return services;
        }

        services.AddAuthentication().AddOpenIdConnect(Scheme, configureOptions: _ => { });
        services.AddOptions<OpenIdConnectOptions>(Scheme)
            .Configure<TimeProvider>((options, time) => Configure(options, settings, clientId, time));
        return services;
    }

    /// <summary>Sends a person to the issuer.</summary>
    public static async Task<IResult> StartAsync(HttpContext context, string? returnUrl, SignInWays ways)
    {
        if (!ways.HasOidc)
        {
            return TypedResults.NotFound();
        }

        try
        {
            await context.ChallengeAsync(
                Scheme, new AuthenticationProperties { RedirectUri = context.Request.PathBase + LocalPath.Of(returnUrl) });
            return TypedResults.Empty;
        }
        catch (InvalidOperationException exception)
        {
            // What its handler throws when the issuer's discovery document cannot be read.
            LogFailed(LoggerOf(context), exception);
            return TypedResults.LocalRedirect("~" + FailedPath);
        }
    }

    private static void Configure(OpenIdConnectOptions options, OidcIssuer settings, string clientId, TimeProvider time)
    {
        options.Authority = settings.Authority.AbsoluteUri.TrimEnd('/');
        options.ClientId = clientId;
        options.ClientSecret = settings.ClientSecret?.Reveal();
        options.SignInScheme = BrowserSession.Scheme;
        options.CallbackPath = CallbackPath;
        options.ResponseType = OpenIdConnectResponseType.Code;

        // By an address and not by a form, which would need cookies that other sites' requests carry.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.CorrelationCookie.SameSite = options.NonceCookie.SameSite = SameSiteMode.Lax;
        options.CorrelationCookie.SecurePolicy = options.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.Scope.Clear();
        options.Scope.Add("openid");
        options.MapInboundClaims = false;
        options.DisableTelemetry = true;
        options.RequireHttpsMetadata = settings.Authority.Scheme == Uri.UriSchemeHttps;
        options.BackchannelTimeout = OidcAuthentication.BackchannelTimeout;
        options.BackchannelHttpHandler = new SocketsHttpHandler { AllowAutoRedirect = false };
        options.TokenValidationParameters = OidcAuthentication.Validation(clientId, time);
        options.Events = new OpenIdConnectEvents
        {
            OnTokenValidated = context =>
            {
                Accept(context);
                return Task.CompletedTask;
            },
            OnRemoteFailure = context =>
            {
                LogFailed(LoggerOf(context.HttpContext), context.Failure);
                context.Response.Redirect(context.Request.PathBase + FailedPath);
                context.HandleResponse();
                return Task.CompletedTask;
            },
        };
    }

    private static ILogger LoggerOf(HttpContext context) =>
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(OidcSignIn));

    private static void Accept(TokenValidatedContext context)
    {
        var claims = context.Principal!.Claims.Where(claim => claim.Type is Caller.SubjectClaim or Caller.RoleClaim or Caller.AccountClaim)
            .ToList();
        if (!claims.Exists(claim => claim.Type == Caller.SubjectClaim && claim.Value.Length > 0))
        {
            context.Fail("The token has no subject, so that nobody could tell later who it was.");
            return;
        }

        context.Principal = new ClaimsPrincipal(
            new ClaimsIdentity([.. claims, BrowserSession.NewSession()], OidcAuthentication.SchemeName));
        context.Properties!.AllowRefresh = false;
        context.Properties.ExpiresUtc = context.Options.TimeProvider!.GetUtcNow() + Lifetime;
    }
}

/// <summary>How people may sign in.</summary>
internal sealed record SignInWays(bool HasOidc);
