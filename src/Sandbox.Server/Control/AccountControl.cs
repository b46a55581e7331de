using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using OrleansSync.Sandbox.CallGear;

namespace OrleansSync.Sandbox.Control;

/// <summary>Calls about accounts, their employees and groups.</summary>
internal static class AccountControl
{
    public static void Map(IEndpointRouteBuilder routes, SandboxServer sandbox)
    {
        CallGearAccount AccountOf(HttpContext context) => sandbox.Account(ControlApi.Route(context, "account"));
        static ControlAnswer View(CallGearAccount account, bool withEmployees) =>
            ControlApi.Result(AccountView.Of(account, withEmployees), ControlJson.Default.AccountView);

        ControlApi.On(routes, "PUT", "/accounts/{account}", async context =>
        {
            var body = await ControlApi.BodyAsync(context);
            PortalControl.RefuseOthers(body, "settings", "employees", "groups");
            var account = sandbox.PutAccount(
                ControlApi.Route(context, "account"),
                Overlay.On(new AccountSettings(), body["settings"], ControlJson.Default.AccountSettings),
                Members(body["employees"], new Employee(), ControlJson.Default.Employee),
                Members(body["groups"], new EmployeeGroup(), ControlJson.Default.EmployeeGroup));
            return View(account, false);
        });
        ControlApi.On(routes, "PATCH", "/accounts/{account}", async context =>
        {
            var account = AccountOf(context);
            var body = await ControlApi.BodyAsync(context);
            PortalControl.RefuseOthers(body, "settings");
            account.Settings = Overlay.On(account.Settings, body["settings"], ControlJson.Default.AccountSettings);
            return View(account, false);
        });
        ControlApi.Get(routes, "/accounts/{account}", context => Task.FromResult(View(AccountOf(context), true)));
        ControlApi.On(routes, "DELETE", "/accounts/{account}", context =>
            Task.FromResult(ControlApi.Removed(sandbox.RemoveAccount(ControlApi.Route(context, "account")))));
        MapEmployees(routes, AccountOf);
        MapGroups(routes, AccountOf);
    }

    private static void MapEmployees(IEndpointRouteBuilder routes, Func<HttpContext, CallGearAccount> accountOf)
    {
        const string Pattern = "/accounts/{account}/employees/{id:long}";
        ControlApi.On(routes, "PUT", Pattern, async context =>
        {
            var employee = Overlay.On(new Employee(), await ControlApi.BodyAsync(context), ControlJson.Default.Employee);
            return ControlApi.Result(accountOf(context).PutEmployee(employee with { Id = IdOf(context) }), ControlJson.Default.Employee);
        });
        ControlApi.On(routes, "DELETE", Pattern, context =>
            Task.FromResult(ControlApi.Removed(accountOf(context).DeleteEmployee(IdOf(context)))));
    }

    private static void MapGroups(IEndpointRouteBuilder routes, Func<HttpContext, CallGearAccount> accountOf)
    {
        const string Pattern = "/accounts/{account}/groups/{id:long}";
        ControlApi.On(routes, "PUT", Pattern, async context =>
        {
            var group = Overlay.On(new EmployeeGroup(), await ControlApi.BodyAsync(context), ControlJson.Default.EmployeeGroup)
                with
            { Id = IdOf(context) };
            accountOf(context).PutGroup(group);
            return ControlApi.Result(group, ControlJson.Default.EmployeeGroup);
        });
        ControlApi.On(routes, "DELETE", Pattern, context =>
            Task.FromResult(ControlApi.Removed(accountOf(context).DeleteGroup(IdOf(context)))));
    }

    private static long IdOf(HttpContext context) => long.Parse(ControlApi.Route(context, "id"), CultureInfo.InvariantCulture);

    private static T[] Members<T>(JsonNode? members, T defaults, JsonTypeInfo<T> type) => members switch
    {
        null => [],
        JsonArray array => [.. array.Select(m => Overlay.On(defaults, m, type))],
        _ => throw new JsonException($"A list of {typeof(T).Name} must be an array."),
    };
}
