using System.Globalization;
using OrleansSync.Sandbox.Requests;

namespace OrleansSync.Sandbox.Control;

/// <summary>Calls about the request log, and events.</summary>
internal static class RequestControl
{
    private const int DefaultLimit = 1000;

    public static void Map(IEndpointRouteBuilder routes, SandboxServer sandbox)
    {
        ControlApi.Get(routes, "/requests", context =>
            Task.FromResult(ControlApi.Result(View(sandbox.Requests, context.Request.Query), ControlJson.Default.RequestsView)));
        ControlApi.On(routes, "DELETE", "/requests", _ =>
        {
            sandbox.Requests.Clear();
            return Task.FromResult(ControlApi.NoContent);
        });
        ControlApi.On(routes, "POST", "/events", async context =>
        {
            var body = await ControlApi.BodyAsync(context);
            PortalControl.RefuseOthers(body, "portal", "userId", "handler", "applicationToken");
            var status = await sandbox.SendUserAddedAsync(
                body["portal"]?.GetValue<string>() ?? throw new FormatException("An event needs portal."),
                body["userId"]?.GetValue<int>() ?? throw new FormatException("An event needs userId."),
                new Uri(body["handler"]?.GetValue<string>() ?? throw new FormatException("An event needs handler.")),
                body["applicationToken"]?.GetValue<string>(),
                context.RequestAborted);
            return ControlApi.Result(new System.Text.Json.Nodes.JsonObject { ["status"] = (int)status }, ControlJson.Default.JsonObject);
        });
    }

    private static RequestsView View(RequestLog log, IQueryCollection query)
    {
        Vendor? vendor = query["vendor"].FirstOrDefault() is { } name ? Enum.Parse<Vendor>(name, ignoreCase: true) : null;
        var target = query["target"].FirstOrDefault();
        var method = query["method"].FirstOrDefault();
        var after = long.Parse(query["after"].FirstOrDefault() ?? "0", CultureInfo.InvariantCulture);
        var limit = int.Parse(
            query["limit"].FirstOrDefault() ?? DefaultLimit.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        bool Wanted(Vendor v, string t, string m) =>
            (vendor is null || v == vendor) && (target is null || t == target) && (method is null || m == method);
        return new RequestsView(
            log.InFlight,
            log.PeakConcurrency,
            log.RateRefusals(vendor, target),
            [.. log.Counts.Where(c => Wanted(c.Vendor, c.Target, c.Method))],
            [.. log.Records.Where(r => r.Sequence > after && Wanted(r.Vendor, r.Target, r.Method)).Take(limit)]);
    }
}
