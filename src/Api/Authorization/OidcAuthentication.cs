using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;
using OrleansSync.Api.Settings;

namespace OrleansSync.Api.Authorization;

/// <summary>Accepts access tokens of an OpenID Connect issuer. Its keys are read from its discovery document.</summary>
internal static class OidcAuthentication
{
    public const string SchemeName = "Oidc";

    // Asymmetric ones only: with a symmetric one, whoever can check a token can make one, and the public key could pass for a shared
    // secret.
    private static readonly string[] _algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <summary>How far the issuer's clock may be off.</summary>
    private static readonly TimeSpan _clockSkew = TimeSpan.FromSeconds(60);

    /// <summary>How long the issuer may take to answer.</summary>
    public static readonly TimeSpan BackchannelTimeout = TimeSpan.FromSeconds(10);

    public static AuthenticationBuilder AddOidc(this AuthenticationBuilder authentication, OidcIssuer settings)
    {
        authentication.Services.AddOptions<JwtBearerOptions>(SchemeName)
            .Configure<TimeProvider, WrongKeyLimit>((options, time, wrongKeys) => Configure(options, settings, time, wrongKeys));
        return authentication.AddJwtBearer(SchemeName, configureOptions: _ => { });
    }

    /// <summary>What a token of the issuer must be like, whichever way it comes.</summary>
    public static TokenValidationParameters Validation(string audience, TimeProvider time) => new()
    {
        AuthenticationType = SchemeName,
        NameClaimType = Caller.SubjectClaim,
        RoleClaimType = Caller.RoleClaim,
        ValidAudience = audience,
        ValidAlgorithms = _algorithms,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        RequireAudience = true,
        ValidateIssuerSigningKey = true,
        LifetimeValidator = (from, until, _, _) => IsWithin(from, until, time.GetUtcNow().UtcDateTime),
    };

    private static void Configure(JwtBearerOptions options, OidcIssuer settings, TimeProvider time, WrongKeyLimit wrongKeys)
    {
        options.Authority = settings.Authority.AbsoluteUri.TrimEnd('/');
        options.Audience = settings.Audience;

        // The settings allow plain http for this machine only.
        options.RequireHttpsMetadata = settings.Authority.Scheme == Uri.UriSchemeHttps;
        options.BackchannelTimeout = BackchannelTimeout;
        options.BackchannelHttpHandler = new SocketsHttpHandler { AllowAutoRedirect = false };
        options.MapInboundClaims = false;
        options.SaveToken = false;
        options.IncludeErrorDetails = false;
        options.TokenValidationParameters = Validation(settings.Audience, time);
        options.Events = new JwtBearerEvents
        {
            OnMessageReceived = context =>
            {
                if (wrongKeys.Blocks(context.HttpContext))
                {
                    context.Fail(WrongKeyLimit.Reason);
                }

                return Task.CompletedTask;
            },
            OnTokenValidated = context =>
            {
                if (string.IsNullOrEmpty(context.Principal?.FindFirst(Caller.SubjectClaim)?.Value))
                {
                    context.Fail("The token has no subject, so that nobody could tell later whose it was.");
                }

                return Task.CompletedTask;
            },
            OnAuthenticationFailed = context =>
            {
                wrongKeys.Count(context.HttpContext);
                return Task.CompletedTask;
            },
        };
    }

    private static bool IsWithin(DateTime? from, DateTime? until, DateTime now) =>
        until is { } end && now < end + _clockSkew && (from is not { } start || now >= start - _clockSkew);
}
