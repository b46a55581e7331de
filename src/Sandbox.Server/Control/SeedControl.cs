using System.Text.Json.Nodes;
using OrleansSync.Sandbox.Seeding;

namespace OrleansSync.Sandbox.Control;

/// <summary>The call that fills a portal and an account with seeded data.</summary>
internal static class SeedControl
{
    public static void Map(IEndpointRouteBuilder routes, SandboxServer sandbox) => ControlApi.On(routes, "POST", "/seed", async context =>
    {
        var body = await ControlApi.BodyAsync(context);
        PortalControl.RefuseOthers(body, "portal", "account", "demo", "options");
        var isDemo = body["demo"]?.GetValue<bool>() ?? false;
        var data = isDemo
            ? DemoSeed.Create()
            : SeedGenerator.Create(Overlay.On(new SeedOptions(), body["options"], ControlJson.Default.SeedOptions));
        var portalId = Name(body["portal"]);
        var (portal, account) = sandbox.Seed(portalId, body["account"] is null ? portalId : Name(body["account"]), data);
        return ControlApi.Result(
            new SeedView(PortalView.Of(sandbox, portal, false), AccountView.Of(account, false)), ControlJson.Default.SeedView);
    });

    private static string Name(JsonNode? node) => node is null ? DemoSeed.Name : node.GetValue<string>();
}
