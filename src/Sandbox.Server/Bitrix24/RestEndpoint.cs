using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using OrleansSync.Sandbox.Faults;
using OrleansSync.Sandbox.Requests;

namespace OrleansSync.Sandbox.Bitrix24;

/// <summary>Serves <c>/portals/{portal}/rest/…</c>.</summary>
internal sealed class RestEndpoint(
    ConcurrentDictionary<string, BitrixPortal> portals, VendorExchange exchange, FaultBook faults, TimeProvider time)
{
    /// <summary>
    /// Serves one call; <paramref name="path"/> is what follows <c>rest/</c>: the method, with user and secret before it for a webhook.
    /// </summary>
    public async Task ServeAsync(HttpContext context, string portalId, string path)
    {
        var segments = path.TrimEnd('/').Split('/');
        var method = segments[^1].EndsWith(".json", StringComparison.Ordinal) ? segments[^1][..^5] : segments[^1];
        if (!portals.TryGetValue(portalId, out var portal) || segments.Length is not (1 or 3))
        {
            await exchange.RunAsync(context, new VendorRequest(Vendor.Bitrix24, "", "?"), () => VendorResponse.Html(404, "404 Not Found"));
            return;
        }

        if (!HttpMethods.IsPost(context.Request.Method) && !HttpMethods.IsGet(context.Request.Method))
        {
            await exchange.RunAsync(
                context, new VendorRequest(Vendor.Bitrix24, portalId, "?"), () => VendorResponse.Html(405, "405 Not Allowed"));
            return;
        }

        if (context.Request.Host.Host == portal.Settings.FormerHost)
        {
            await exchange.RunAsync(
                context,
                new VendorRequest(Vendor.Bitrix24, portalId, method),
                () => VendorResponse.Redirect(portal.Settings.RedirectStatus, new Uri(portal.ClientEndpoint, path).AbsoluteUri));
            return;
        }

        try
        {
            var parameters = await RestBody.ReadAsync(context.Request, context.RequestAborted);
            var commands = method == "batch" ? Batch.CountCommands(parameters) : 1;
            await exchange.RunAsync(
                context,
                new VendorRequest(Vendor.Bitrix24, portalId, method, commands),
                () => new RestCalls(portal, faults, time).Execute(CallerOf(segments, parameters), method, parameters),
                RestCalls.Refuse);
        }
        catch (RestException refusal)
        {
            await exchange.RunAsync(context, new VendorRequest(Vendor.Bitrix24, portalId, method), () => RestCalls.Answer(refusal.Error));
        }
    }

    private static RestCaller CallerOf(string[] segments, JsonObject parameters) => segments.Length == 3
        ? new RestCaller(int.TryParse(segments[0], NumberStyles.None, CultureInfo.InvariantCulture, out var user) ? user : 0, segments[1])
        : new RestCaller(null, RestParameters.Text(RestParameters.Find(parameters, "auth")));
}
