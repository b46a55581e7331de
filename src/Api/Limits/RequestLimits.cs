using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using OrleansSync.Api.Authorization;
using OrleansSync.Api.Problems;
using OrleansSync.Api.Settings;
using OrleansSync.Api.Web;

namespace OrleansSync.Api.Limits;

/// <summary>
/// How many requests a key, an address, and Bitrix24's events may make. Over a limit the answer is 429 and says when to come back.
/// </summary>
internal static class RequestLimits
{
    public const string Events = "events";

    public static IServiceCollection AddRequestLimits(
        this IServiceCollection services, RateLimitSettings settings) => services.AddRateLimiter(options =>
    {
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, (string Kind, string Name)>(
            context => PartitionOf(context, settings));
        options.AddPolicy(Events, context => RateLimitPartition.GetFixedWindowLimiter(
            (ClientAddress.Of(context), context.GetRouteValue("accountId") as string ?? ""),
            _ => RequestWindow.Of(settings.EventsPerAccount)));
        options.OnRejected = async (context, _) =>
        {
            context.HttpContext.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            context.HttpContext.Response.Headers.RetryAfter = RequestWindow.RetryAfter(context.Lease)
                .ToString(CultureInfo.InvariantCulture);
            if (!context.HttpContext.Request.WantsPage())
            {
                await ApiProblem.TooManyRequests().ExecuteAsync(context.HttpContext);
            }
        };
    });

    private static RateLimitPartition<(string Kind, string Name)> PartitionOf(HttpContext context, RateLimitSettings settings)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName == Events)
        {
            return Window(("events", ClientAddress.Of(context)), settings.EventsPerAddress);
        }

        if (context.User.Identity is not { IsAuthenticated: true })
        {
            return Window(("address", ClientAddress.Of(context)), settings.RequestsPerAddress);
        }

        var caller = Caller.Of(context.User);

        // Whoever holds the operator's key could lift the limits, and must get through when others exhaust theirs.
        return caller.HasOperatorKey
            ? RateLimitPartition.GetNoLimiter(("operator", ""))
            : Window((caller.Actor.Kind.ToString(), $"{caller.AccountId}/{caller.Actor.Id}"), settings.RequestsPerKey);
    }

    private static RateLimitPartition<(string Kind, string Name)> Window((string Kind, string Name) key, int requests) =>
        RateLimitPartition.GetFixedWindowLimiter(key, _ => RequestWindow.Of(requests));
}
