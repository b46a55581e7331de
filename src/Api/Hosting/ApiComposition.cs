using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansSync.Api.Accounts;
using OrleansSync.Api.Audit;
using OrleansSync.Api.Authorization;
using OrleansSync.Api.Bodies;
using OrleansSync.Api.Employees;
using OrleansSync.Api.Health;
using OrleansSync.Api.Keys;
using OrleansSync.Api.Limits;
using OrleansSync.Api.Metrics;
using OrleansSync.Api.OpenApi;
using OrleansSync.Api.Problems;
using OrleansSync.Api.Responsible;
using OrleansSync.Api.Runs;
using OrleansSync.Api.Settings;
using OrleansSync.Api.Web;
using OrleansSync.Api.Web.Accounts;
using OrleansSync.Api.Webhooks;
using OrleansSync.Grains.Connections;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Api.Hosting;

/// <summary>The HTTP interface as a whole.</summary>
internal static class ApiComposition
{
    private const long MaxRequestBytes = 256 * 1024;

    // A token of an issuer may have a few thousand bytes.
    private const int MaxHeaderBytes = 16 * 1024;

    /// <summary>Adds what the interface needs besides a cluster, the operator's key, the key ring and the rules on addresses.</summary>
    public static IServiceCollection AddHttpInterface(this IServiceCollection services, ApiSettings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.Configure<KestrelServerOptions>(BoundRequests);
        services.TryAddSingleton<DatabaseCondition>();
        services.TryAddSingleton<RequestPlaces>();
        services.AddApiProblems();
        services.AddSingleton(settings.RateLimits);
        services.AddAccessPolicies(settings.Oidc);
        services.AddRequestLimits(settings.RateLimits);
        services.AddMetricsEndpoint();
        services.AddKnownProxies(settings.KnownProxies);
        services.AddApiDescription();
        services.TryAddSingleton<AccountSecrets>();
        services.AddSingleton<AuditTrail>().AddSingleton<Readiness>();
        services.AddSingleton<AccountConnecting>().AddSingleton<AccountSearch>().AddSingleton<SettingsChanging>();
        services.AddSingleton<KeyIssuing>();
        services.AddSingleton<RunWaiting>().AddSingleton<RunEventStream>().AddSingleton<RunRequesting>();
        services.AddSingleton<ResponsibleChanging>();
        services.AddWebPages(settings.Oidc);
        services.AddSingleton(settings.Consent).AddSingleton<PortalConsent>();
        return services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
            foreach (var converter in ApiJson.Default.Options.Converters)
            {
                options.SerializerOptions.Converters.Add(converter);
            }
        });
    }

    // Every endpoint that reads a body has a smaller bound of its own; this one is for those that read none.
    private static void BoundRequests(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaxRequestBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
    }

    public static void MapHttpInterface(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseSubPath();
        app.UseSecurityHeaders();
        app.UsePageProblems();
        app.UseApiProblems();
        app.UseClusterGuard();
        app.UseRequestPlaces();

        // Here and not where the framework would put it, so that what is executed again for the page of a status finds its endpoint again.
        app.UseRouting();
        app.UseRequestLocalization();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UsePageForms();

        var api = app.MapGroup("/api/v1")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        api.MapAccountList();
        api.MapVerify();
        var account = api.MapGroup("/accounts/{accountId}").ProducesProblem(StatusCodes.Status404NotFound);
        account.MapAccount();
        account.MapSettings();
        account.MapKeys();
        account.MapRuns();
        account.MapEmployees();
        account.MapResponsible();
        account.MapAudit();

        app.MapWebhook();
        app.MapHealth();
        app.MapMetrics();
        app.MapApiDocs();
        app.MapWebPages();
    }
}
