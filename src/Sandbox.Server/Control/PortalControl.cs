using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansSync.Sandbox.Bitrix24;

namespace OrleansSync.Sandbox.Control;

/// <summary>Calls about portals and their users.</summary>
internal static class PortalControl
{
    public static void Map(IEndpointRouteBuilder routes, SandboxServer sandbox)
    {
        BitrixPortal PortalOf(HttpContext context) => sandbox.Portal(ControlApi.Route(context, "portal"));
        ControlAnswer View(BitrixPortal portal, bool withUsers) =>
            ControlApi.Result(PortalView.Of(sandbox, portal, withUsers), ControlJson.Default.PortalView);

        ControlApi.On(routes, "PUT", "/portals/{portal}", async context =>
        {
            var body = await ControlApi.BodyAsync(context);
            RefuseOthers(body, "settings", "users");
            var settings = Overlay.On(new PortalSettings(), body["settings"], ControlJson.Default.PortalSettings);
            return View(sandbox.PutPortal(ControlApi.Route(context, "portal"), settings, UsersIn(body)), false);
        });
        ControlApi.On(routes, "PATCH", "/portals/{portal}", async context =>
        {
            var portal = PortalOf(context);
            var body = await ControlApi.BodyAsync(context);
            RefuseOthers(body, "settings", "users");
            portal.Settings = Overlay.On(portal.Settings, body["settings"], ControlJson.Default.PortalSettings);
            if (body.ContainsKey("users"))
            {
                portal.ReplaceUsers(UsersIn(body));
            }

            return View(portal, false);
        });
        ControlApi.Get(routes, "/portals/{portal}", context => Task.FromResult(View(PortalOf(context), true)));
        ControlApi.On(routes, "DELETE", "/portals/{portal}", context =>
            Task.FromResult(ControlApi.Removed(sandbox.RemovePortal(ControlApi.Route(context, "portal")))));
        ControlApi.On(routes, "POST", "/portals/{portal}/tokens/expire", context =>
        {
            PortalOf(context).Tokens.ExpireAccessTokens();
            return Task.FromResult(ControlApi.NoContent);
        });
        ControlApi.On(routes, "POST", "/portals/{portal}/tokens/revoke", context =>
        {
            PortalOf(context).Tokens.Revoke();
            return Task.FromResult(ControlApi.NoContent);
        });
        MapUsers(routes, PortalOf);
    }

    /// <summary>Refuses members that the call does not have.</summary>
    /// <exception cref="JsonException">There is one.</exception>
    public static void RefuseOthers(JsonObject body, params ReadOnlySpan<string> known)
    {
        foreach (var (name, _) in body)
        {
            if (!known.Contains(name))
            {
                throw new JsonException($"Unknown member: {name}.");
            }
        }
    }

    private static void MapUsers(IEndpointRouteBuilder routes, Func<HttpContext, BitrixPortal> portalOf)
    {
        const string Pattern = "/portals/{portal}/users/{id:int}";
        int IdOf(HttpContext context) => int.Parse(ControlApi.Route(context, "id"), CultureInfo.InvariantCulture);
        ControlAnswer User(HttpContext context) => ControlApi.Result(
            (portalOf(context).FindUser(IdOf(context)) ?? throw new KeyNotFoundException("There is no such user.")).ToJson(),
            ControlJson.Default.JsonObject);

        ControlApi.Get(routes, Pattern, context => Task.FromResult(User(context)));
        ControlApi.On(routes, "PUT", Pattern, async context =>
        {
            var fields = await ControlApi.BodyAsync(context);
            fields["ID"] = IdOf(context);
            portalOf(context).PutUser(BitrixUser.FromJson(fields));
            return User(context);
        });
        ControlApi.On(routes, "PATCH", Pattern, async context =>
        {
            var fields = await ControlApi.BodyAsync(context);
            string[] without = [.. context.Request.Query["without"].SelectMany(w => w!.Split(','))];
            portalOf(context).ChangeUser(IdOf(context), user => without.Aggregate(
                fields.Where(f => f.Key != "ID").Aggregate(user, (u, f) => u.With(f.Key, f.Value?.DeepClone())),
                (u, field) => u.Without(field)));
            return User(context);
        });
        ControlApi.On(routes, "DELETE", Pattern, context =>
            Task.FromResult(ControlApi.Removed(portalOf(context).RemoveUser(IdOf(context)))));
    }

    private static BitrixUser[] UsersIn(JsonObject body) => body["users"] switch
    {
        null => [],
        JsonArray users =>
            users.Select(u => BitrixUser.FromJson(u as JsonObject ?? throw new JsonException("A user must be an object."))).ToArray(),
        _ => throw new JsonException("users must be an array."),
    };
}
