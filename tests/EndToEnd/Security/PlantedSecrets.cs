using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using OrleansSync.Sandbox;
using OrleansSync.Sandbox.Bitrix24;
using OrleansSync.Sandbox.CallGear;
using OrleansSync.Sandbox.Faults;
using OrleansSync.Testing.Client;
using OrleansSync.Testing.Services;
using OrleansSync.Testing.Tenants;

namespace OrleansSync.EndToEnd.Security;

/// <summary>Brings unmistakable secrets in by every way there is, lets imports succeed and fail with them, and keeps all answers.</summary>
internal sealed class PlantedSecrets(RunningService service, SandboxServer sandbox)
{
    private const string WebhookSecret = "planted-webhook-4f7a1c9e";
    private const string ApplicationToken = "planted-application-55d0c3f7";
    private const string WrongToken = "planted-wrong-token-1b6e44aa";
    private const string WrongKey = "planted-wrong-key-7f3d02cb";
    private const string RefusedSecret = "planted-refused-body-c09aa3";

    // The sandbox finds an account by its key alone, and several services plant theirs in one sandbox.
    private readonly string _callGearToken = "planted-callgear-" + RandomNumberGenerator.GetHexString(16, lowercase: true);

    private readonly HashSet<string> _secrets =
        [WebhookSecret, ApplicationToken, WrongToken, WrongKey, RefusedSecret, RunningService.AdminKey, sandbox.Options.OAuthClientSecret];

    private readonly StringBuilder _answers = new();

    /// <summary>Everything that may be nowhere.</summary>
    public IReadOnlyCollection<string> All => _secrets;

    /// <summary>All answers of the service but the one that shows a new key.</summary>
    public string Answers => _answers.ToString();

    /// <summary>The account with a webhook.</summary>
    public Tenant WebhookTenant { get; private set; } = null!;

    /// <summary>Plants and uses them.</summary>
    public async Task PlantAsync()
    {
        _secrets.Add(_callGearToken);
        WebhookTenant = Tenant.Create(service, sandbox, People.Seed(People.Users(4)) with
        {
            Portal = new PortalSettings { WebhookSecret = WebhookSecret, ApplicationToken = ApplicationToken },
            Account = new AccountSettings { AccessToken = _callGearToken },
        });
        await WebhookTenant.ConnectAsync();
        var key = await service.Api.SendAsync(
            HttpMethod.Post, $"{WebhookTenant.Path}/keys", HttpStatusCode.Created, AnswersJson.Default.NewKey);
        _secrets.Add(key.Key[(key.Key.LastIndexOf('.') + 1)..]);
        await KeepAsync(service.Api.WithKey(key.Key), HttpMethod.Get, WebhookTenant.Path);
        await KeepAsync(service.Api.WithKey(WrongKey), HttpMethod.Get, WebhookTenant.Path);
        await RenewOAuthAsync();
        await SendEventsAsync();
        await FailAtVendorsAsync();
        await SendRefusedBodiesAsync();
        await ReadEverythingAsync(WebhookTenant);
    }

    /// <summary>Sends a request with the operator's key and keeps its answer.</summary>
    public Task KeepAsync(HttpMethod method, string path, HttpContent? content = null) => KeepAsync(service.Api, method, path, content);

    private async Task KeepAsync(ApiClient api, HttpMethod method, string path, HttpContent? content = null)
    {
        using var answer = await api.SendAsync(method, path, content);
        _answers.Append(answer.Headers).AppendLine(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private async Task RenewOAuthAsync()
    {
        var tenant = Tenant.Create(service, sandbox, People.Seed(People.Users(2)));
        var tokens = tenant.Portal.Tokens;
        _secrets.UnionWith([tokens.AccessToken, tokens.RefreshToken]);
        var body = tenant.Body();
        body["bitrix24"] = new JsonObject
        {
            ["edition"] = "cloud",
            ["oauth"] = new JsonObject
            {
                ["clientEndpoint"] = tenant.Portal.ClientEndpoint.AbsoluteUri,
                ["accessToken"] = tokens.AccessToken,
                ["refreshToken"] = tokens.RefreshToken,
            },
        };
        await service.Api.SendAsync(HttpMethod.Put, tenant.Path, HttpStatusCode.Created, AnswersJson.Default.Account, body);
        await tenant.FirstRunAsync("connected");
        tokens.ExpireAccessTokens();
        Assert.Equal("succeeded", (await tenant.SynchronizeAsync()).Status);
        _secrets.UnionWith([tokens.AccessToken, tokens.RefreshToken]);
        tokens.Revoke();
        Assert.Equal("failed", (await tenant.SynchronizeAsync()).Status);
        await ReadEverythingAsync(tenant);
    }

    private async Task SendEventsAsync()
    {
        foreach (var token in (string[])[ApplicationToken, WrongToken])
        {
            using var form = new FormUrlEncodedContent([new("event", "ONUSERADD"), new("auth[application_token]", token)]);
            await KeepAsync(service.Api.WithKey(null), HttpMethod.Post, $"webhooks/bitrix24/{WebhookTenant.Id}", form);
        }

        await WebhookTenant.FirstRunAsync("event");
    }

    private async Task FailAtVendorsAsync()
    {
        var target = WebhookTenant.Id;
        var webhook = WebhookTenant.Portal.WebhookUrl.AbsoluteUri;
        Fault[] faults =
        [
            new() { Kind = FaultKind.Redirect, Target = target, Location = webhook },
            new() { Kind = FaultKind.Error, Code = "NO_AUTH_FOUND", Target = target, Message = $"No such webhook: {webhook}" },
            new()
            {
                Kind = FaultKind.Error,
                Code = "INVALID_CREDENTIALS",
                Target = target,
                Method = "batch",
                Message = $"Bad {Uri.EscapeDataString(webhook)}",
            },
            new()
            {
                Kind = FaultKind.Error,
                Code = "access_token_invalid",
                Target = target,
                Method = "get.employees",
                Message = $"Key {_callGearToken} is wrong",
            },
        ];
        foreach (var fault in faults)
        {
            using var handle = sandbox.Faults.Add(fault);
            Assert.Equal("failed", (await WebhookTenant.SynchronizeAsync()).Status);
        }

        WebhookTenant.Portal.Settings = WebhookTenant.Portal.Settings with { WebhookSecret = "another" };
        Assert.Equal("failed", (await WebhookTenant.SynchronizeAsync()).Status);
    }

    private async Task SendRefusedBodiesAsync()
    {
        var webhook = $"https://portal.example.com/rest/1/{RefusedSecret}/";
        string[] bodies =
        [
            $$$"""{"bitrix24":{"webhookUrl":"ftp://portal/rest/1/{{{RefusedSecret}}}/"}}""",
            $$$"""{"bitrix24":{"webhookUrl":["{{{webhook}}}"],"applicationToken":7},"callGear":{"accessToken":"{{{RefusedSecret}}} "}}""",
            $$"""{"bitrix24":{"webhookUrl":"{{webhook}}" """,
            $"\"{webhook}\"",
            webhook,
        ];
        foreach (var body in bodies)
        {
            foreach (var (method, path) in ((HttpMethod, string)[])[(HttpMethod.Put, WebhookTenant.Path),
                (HttpMethod.Post, "api/v1/verify")])
            {
                using var content = new StringContent(body, Encoding.UTF8, "application/json");
                await KeepAsync(method, path, content);
            }
        }

        // Tried, and refused at the connection: nobody is there.
        var unreachable = WebhookTenant.Body();
        unreachable["bitrix24"]!["webhookUrl"] = $"http://127.0.0.1:9/rest/1/{RefusedSecret}/";
        unreachable["callGear"]!["accessToken"] = RefusedSecret;
        using var trial = new StringContent(unreachable.ToJsonString(), Encoding.UTF8, "application/json");
        await KeepAsync(HttpMethod.Post, "api/v1/verify", trial);
    }

    private async Task ReadEverythingAsync(Tenant tenant)
    {
        string[] own = [tenant.Path, $"{tenant.Path}/runs", $"{tenant.Path}/employees", $"{tenant.Path}/employees/1",
            $"{tenant.Path}/audit", $"{tenant.Path}/keys"];
        foreach (var path
            in own.Concat((await tenant.RunsAsync()).Select(run => $"{tenant.Path}/runs/{run.RunId}")).Append("api/v1/accounts"))
        {
            await KeepAsync(HttpMethod.Get, path);
        }
    }
}
