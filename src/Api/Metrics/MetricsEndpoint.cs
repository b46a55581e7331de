using OpenTelemetry.Metrics;
using OrleansSync.Api.Authorization;

namespace OrleansSync.Api.Metrics;

/// <summary>The process's metrics in the text form of Prometheus.</summary>
internal static class MetricsEndpoint
{
    /// <summary>Adds what the endpoint shows.</summary>
    public static IServiceCollection AddMetricsEndpoint(this IServiceCollection services)
    {
        services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddPrometheusExporter());
        return services;
    }

    /// <summary>Maps the endpoint. For the operator only: how many requests fail, and when, is nobody else's business.</summary>
    public static void MapMetrics(this IEndpointRouteBuilder app) => app
        .MapPrometheusScrapingEndpoint("/metrics")
        .WithMetadata(new HttpMethodMetadata([HttpMethods.Get]))
        .RequireAuthorization(AccessPolicies.Operator);
}
