using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OrleansSync.Browser.Demo;
using OrleansSync.Testing.Issuer;
using OrleansSync.Testing.Processes;

[assembly: AssemblyFixture(typeof(RunningDemo))]

namespace OrleansSync.Browser.Demo;

/// <summary>The demo as anybody starts it, in a data directory of its own, with the sandbox inside it and an issuer beside it.</summary>
public sealed partial class RunningDemo : IAsyncLifetime
{
    public const string OperatorKey = "operator-key-of-the-browser-tests";

    private readonly TemporaryDirectory _directory = new();
    private readonly HashSet<string> _held = [];
    private ServiceProcess? _process;
    private TokenIssuer? _issuer;
    private HttpClient? _api;
    private HttpClient? _sandbox;

    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Where the imitated vendors are.</summary>
    public Uri SandboxRoot => Sandbox.BaseAddress!;

    /// <summary>Where people sign in who have no key.</summary>
    public Uri Issuer => _issuer!.Authority;

    /// <summary>What the demo has told the person who started it.</summary>
    public string Output => _process!.Output.Text;

    private HttpClient Api => _api!;

    private HttpClient Sandbox => _sandbox!;

    public async ValueTask InitializeAsync()
    {
        Address = new Uri($"http://127.0.0.1:{LoopbackPorts.TakeFree(1)[0]}/");
        _issuer = await TokenIssuer.StartAsync();
        _issuer.People["Olga, the operator"] = ("role", "operator");
        _issuer.People["Ann of Acme"] = ("account", "acme");
        _process = await StartAsync();
        _api = new HttpClient { BaseAddress = Address };
        _api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", OperatorKey);
        _sandbox = new HttpClient { BaseAddress = new Uri(SandboxAddress().Match(_process.Output.Text).Groups[1].Value) };
    }

    /// <summary>Stops the demo in order and starts it again, as after an update. The sandbox keeps its own demo's company alone.</summary>
    /// <param name="whileAway">What happens in between.</param>
    public async Task RestartAsync(Func<Task> whileAway)
    {
        await _process!.StopAsync();
        await _process.DisposeAsync();
        await whileAway();
        _process = await StartAsync();
    }

    private async Task<ServiceProcess> StartAsync()
    {
        var process = ServiceProcess.Start(
            "demo",
            ServiceBinaries.Api,
            new Dictionary<string, string>
            {
                ["ASPNETCORE_URLS"] = Address.GetLeftPart(UriPartial.Authority),
                ["OrleansSync__DataDirectory"] = Path.Combine(_directory.Path, "data"),
                ["OrleansSync__AdminKey"] = OperatorKey,
                ["OrleansSync__Http__KnownProxies__0"] = "127.0.0.1/32",
                ["OrleansSync__Oidc__Authority"] = Issuer.AbsoluteUri,
                ["OrleansSync__Oidc__Audience"] = TokenIssuer.Audience,
                ["OrleansSync__Oidc__ClientId"] = TokenIssuer.ClientId,
                ["OrleansSync__Oidc__ClientSecret"] = TokenIssuer.ClientSecret,
            },
            "--demo");
        await process.WaitForOutputAsync("Ctrl+C stops the demo");
        return process;
    }

    public async ValueTask DisposeAsync()
    {
        _api?.Dispose();
        _sandbox?.Dispose();
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        if (_issuer is not null)
        {
            await _issuer.DisposeAsync();
        }

        _directory.Dispose();
    }

    /// <summary>Makes a portal and an account of the vendors; answers what connects them.</summary>
    public async Task<(string Webhook, string BaseUrl, string AccessToken)> SeedAsync(string name, int users)
    {
        using var seeded = await Sandbox.PostAsJsonAsync(
            "_sandbox/seed", new
            {
                portal = name,
                account = name,
                options = new { users, employees = users / 2, seed = 7, sharedEmailPercent = 50, specialCases = true },
            });
        seeded.EnsureSuccessStatusCode();
        var answer = JsonNode.Parse(await seeded.Content.ReadAsStringAsync())!;
        return (
            (string)answer["portal"]!["webhookUrl"]!, (string)answer["account"]!["baseUrl"]!, (string)answer["account"]!["accessToken"]!);
    }

    /// <summary>Connects an account without a browser and imports it.</summary>
    public async Task ConnectAsync(string name, int users)
    {
        var (webhook, baseUrl, accessToken) = await SeedAsync(name, users);
        await ConnectAsync(name, webhook, baseUrl, accessToken);
    }

    /// <summary>Connects an account without a browser to what is there already, and imports it.</summary>
    public async Task ConnectAsync(string name, string webhook, string baseUrl, string accessToken)
    {
        using var connected = await Api.PutAsJsonAsync(
            $"api/v1/accounts/{name}",
            new
            {
                displayName = name,
                bitrix24 = new { edition = "cloud", webhookUrl = webhook },
                callGear = new { baseUrl, accessToken },
            });
        connected.EnsureSuccessStatusCode();
        await SynchronizeAsync(name);
    }

    /// <summary>Has an account wait for a decision, if none of that name does.</summary>
    public async Task HoldAccountAsync(string name)
    {
        if (_held.Add(name))
        {
            await ConnectAsync(name, users: 20);
            await LoseUsersAsync(name, left: 5);
            await SynchronizeAsync(name);
        }
    }

    /// <summary>Pauses an account, or has it go on.</summary>
    public async Task PauseAsync(string account, bool paused)
    {
        using var settings = JsonContent.Create(new { paused }, new MediaTypeHeaderValue("application/merge-patch+json"));
        using var answer = await Api.PatchAsync($"api/v1/accounts/{account}/settings", settings);
        answer.EnsureSuccessStatusCode();
    }

    public async Task<int> CountRunsAsync(string account) =>
        JsonNode.Parse(await Api.GetStringAsync($"api/v1/accounts/{account}/runs?limit=100"))!["items"]!.AsArray().Count;

    public async Task<JsonNode> SynchronizeAsync(string account)
    {
        using var answer = await Api.PostAsync($"api/v1/accounts/{account}/synchronize?wait=120", content: null);
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    /// <summary>Has an account tell what an import would change; answers the address of that run's page.</summary>
    public async Task<string> PreviewAsync(string account)
    {
        using var answer = await Api.PostAsync($"api/v1/accounts/{account}/synchronize?dryRun=true&wait=120", content: null);
        answer.EnsureSuccessStatusCode();
        return $"/accounts/{account}/history/{JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["runId"]}";
    }

    /// <summary>Makes a key that reaches one account.</summary>
    public async Task<(string KeyId, string Key)> MakeKeyAsync(string account)
    {
        using var answer = await Api.PostAsync($"api/v1/accounts/{account}/keys", content: null);
        answer.EnsureSuccessStatusCode();
        var key = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        return ((string)key["keyId"]!, (string)key["key"]!);
    }

    public async Task RevokeKeyAsync(string account, string keyId)
    {
        using var answer = await Api.DeleteAsync($"api/v1/accounts/{account}/keys/{keyId}");
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Takes all but the first users out of a portal.</summary>
    public async Task LoseUsersAsync(string portal, int left)
    {
        var view = JsonNode.Parse(await Sandbox.GetStringAsync($"_sandbox/portals/{portal}"))!;
        var users = new JsonArray([.. view["users"]!.AsArray().Take(left).Select(user => user!.DeepClone())]);
        using var answer = await Sandbox.PatchAsJsonAsync($"_sandbox/portals/{portal}", new JsonObject { ["users"] = users });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Changes fields of a portal's user, and takes others away.</summary>
    public async Task ChangeUserAsync(string portal, int id, JsonObject fields, string without = "")
    {
        using var answer = await Sandbox.PatchAsJsonAsync($"_sandbox/portals/{portal}/users/{id}?without={without}", fields);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Has CallGear take so many requests a minute of an account.</summary>
    public async Task LimitAsync(string account, int perMinute)
    {
        using var answer = await Sandbox.PatchAsJsonAsync(
            $"_sandbox/accounts/{account}", new { settings = new { minuteLimit = perMinute } });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Has requests wait until they are released, so that a run can be looked at while it goes on.</summary>
    public async Task<string> HoldAsync(string target, string method)
    {
        using var answer = await Sandbox.PostAsJsonAsync("_sandbox/faults", new { kind = "hold", target, method });
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["id"]!.ToString();
    }

    public async Task WaitForHeldAsync(string fault)
    {
        using var answer = await Sandbox.GetAsync($"_sandbox/faults/{fault}?held=1&wait=60");
        answer.EnsureSuccessStatusCode();
    }

    public async Task ReleaseAsync(string fault)
    {
        using var answer = await Sandbox.DeleteAsync($"_sandbox/faults/{fault}");
        answer.EnsureSuccessStatusCode();
    }

    [GeneratedRegex(@"sandbox\s+(http://\S+/)_sandbox")]
    private static partial Regex SandboxAddress();
}
