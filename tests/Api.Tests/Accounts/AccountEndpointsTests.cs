using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OrleansSync.Api.Tests.Hosting;
using OrleansSync.Grains.Connections;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Api.Tests.Accounts;

public sealed class AccountEndpointsTests : IAsyncLifetime
{
    private const string Address = "/api/v1/accounts/acme";

    private TestApi _api = null!;

    private AccountSecrets Secrets => _api.Services.GetRequiredService<AccountSecrets>();

    private AccountConnection LastConnected => _api.Grains.Portal("acme").Connected[^1];

    public async ValueTask InitializeAsync() => _api = await TestApi.StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Put_NewAccount_Answers201WithLocationAndTheViewWithoutSecrets()
    {
        var answer = await _api.PutAsync(Address, Samples.Body);

        Assert.Equal(201, answer.Status);
        Assert.Equal(Address, answer.Headers.Location?.OriginalString);
        JsonAssert.Equal(
            """
            {
              "accountId": "acme",
              "displayName": "Acme",
              "connectedAt": "2025-03-01T12:00:00Z",
              "bitrix24": { "edition": "cloud", "webhookUrl": "https://acme.bitrix24.com/rest/1/•••", "oauth": null,
                            "applicationToken": "•••" },
              "portal": null,
              "callGear": { "baseUrl": "https://dataapi.callgear.com/v2.0", "accessToken": "•••", "userId": null },
              "settings": { "phoneNumbers": "all", "fillMissingPhones": true, "maxDeletionsPercent": 10, "responsibleGroupId": 7,
                            "paused": true },
              "status": "active",
              "problem": null,
              "lastRun": {
                "runId": "run-1", "accountId": "acme", "trigger": "manual", "dryRun": false, "user": null, "status": "queued",
                "requestedAt": "2025-03-01T12:00:00Z", "startedAt": null, "finishedAt": null,
                "counts": { "users": 2, "created": 0, "linked": 1, "matched": 1, "skipped": 0, "failed": 0, "phonesAdded": 0,
                            "addedToResponsible": 0, "removedFromResponsible": 0 },
                "calls": { "bitrix24": 1, "callGear": 5 },
                "error": null
              },
              "nextRunAt": "2025-03-01T12:30:00Z",
              "lastSuccessAt": null,
              "failingSince": null,
              "counts": { "employees": 3, "responsible": 2, "skipped": 1 }
            }
            """,
            answer.Text);
    }

    [Fact]
    public async Task Put_NewAccount_ProtectsItsSecretsForThatAccount()
    {
        await _api.PutAsync(Address, Samples.Body);

        var (bitrix24, callGear) = (LastConnected.Bitrix24, LastConnected.CallGear);
        Assert.Equal($"https://acme.bitrix24.com/rest/1/{Samples.WebhookSecret}/", Secrets.Open("acme", bitrix24.WebhookUrl!));
        Assert.Equal(Samples.ApplicationSecret, Secrets.Open("acme", bitrix24.ApplicationToken!));
        Assert.Equal(Samples.CallGearSecret, Secrets.Open("acme", callGear.AccessToken!));
        Assert.Equal(("acme.bitrix24.com", false), (bitrix24.PortalKey, bitrix24.IsOAuth));
    }

    [Fact]
    public async Task Put_NoSettings_TakesTheDefaults()
    {
        var body = JsonNode.Parse(Samples.Body)!.AsObject();
        body.Remove("settings");
        await _api.PutAsync(Address, body.ToJsonString());

        Assert.Equal(AccountSettings.Default, LastConnected.Settings);
    }

    [Fact]
    public async Task Put_OAuth_ConnectsWithItsTokens()
    {
        var answer = await _api.PutAsync(
            Address,
            """
            {"displayName":"Acme",
             "bitrix24":{"edition":"onPremise",
                         "oauth":{"clientEndpoint":"https://Acme.Bitrix24.com/rest/","accessToken":"at","refreshToken":"rt"}},
             "callGear":{"baseUrl":"https://dataapi.callgear.com/v2.0","accessToken":"key","userId":12}}
            """);

        Assert.Equal(201, answer.Status);
        Assert.Equal("https://acme.bitrix24.com/rest/", (string?)answer.Json["bitrix24"]!["oauth"]!["clientEndpoint"]);
        Assert.Equal("•••", (string?)answer.Json["bitrix24"]!["oauth"]!["refreshToken"]);
        Assert.Null(answer.Json["bitrix24"]!["webhookUrl"]);
        Assert.Equal("at", Secrets.Open("acme", LastConnected.Bitrix24.AccessToken!));
        Assert.Equal("rt", Secrets.Open("acme", LastConnected.Bitrix24.RefreshToken!));
        Assert.Equal(12, LastConnected.CallGear.UserId);
    }

    [Fact]
    public async Task Put_TokensOfAnotherAccount_Are400AtTheRefreshTokenByThatAccountsName()
    {
        _api.Grains.Portal("acme").NextConnect = new ConnectResponse(ConnectOutcome.TokensTaken, null, null, "other");

        var answer = await _api.PutAsync(
            Address,
            """
            {"displayName":"Acme",
             "bitrix24":{"edition":"cloud",
                         "oauth":{"clientEndpoint":"https://acme.bitrix24.com/rest/","accessToken":"at","refreshToken":"rt"}},
             "callGear":{"baseUrl":"https://dataapi.callgear.com/v2.0","accessToken":"key"}}
            """);

        Assert.Equal(400, answer.Status);
        var error = (string?)answer.Json["errors"]!["bitrix24.oauth.refreshToken"]![0];
        Assert.StartsWith("is that of account other already:", error, StringComparison.Ordinal);
        Assert.DoesNotContain("\"rt\"", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://dataapi.callgear.com/v2.0/", "https://acme.bitrix24.com/rest")]
    [InlineData("https://DataAPI.CallGear.com:443/v2.0", "https://ACME.bitrix24.com:443/rest/")]
    [InlineData("https://dataapi.callgear.com/v2.0//", "https://acme.bitrix24.com:443/rest")]
    public async Task Put_AddressesInAnotherSpelling_AreTheSameConnection(string baseUrl, string clientEndpoint)
    {
        await _api.PutAsync(Address, Body("https://dataapi.callgear.com/v2.0", "https://acme.bitrix24.com/rest/"));
        var plain = LastConnected;

        Assert.Equal(200, (await _api.PutAsync(Address, Body(baseUrl, clientEndpoint))).Status);

        Assert.Equal(plain.CallGear.BaseUrl, LastConnected.CallGear.BaseUrl);
        Assert.Equal("https://dataapi.callgear.com/v2.0", plain.CallGear.BaseUrl);
        Assert.Equal(plain.Bitrix24.DisplayAddress, LastConnected.Bitrix24.DisplayAddress);
        Assert.Equal(plain.Bitrix24.PortalKey, LastConnected.Bitrix24.PortalKey);

        static string Body(string baseUrl, string clientEndpoint) => $$$"""
            {"displayName":"Acme",
             "bitrix24":{"edition":"cloud",
                         "oauth":{"clientEndpoint":"{{{clientEndpoint}}}","accessToken":"at","refreshToken":"rt"}},
             "callGear":{"baseUrl":"{{{baseUrl}}}","accessToken":"key"}}
            """;
    }

    [Theory]
    [InlineData("https://acme.bitrix24.com/rest/1/s3cret")]
    [InlineData("https://ACME.bitrix24.com:443/rest/1/s3cret/")]
    public async Task Put_WebhookInAnotherSpelling_IsTheSame(string webhook)
    {
        await _api.PutAsync(
            Address,
            $$$"""
            {"displayName":"Acme","bitrix24":{"edition":"cloud","webhookUrl":"{{{webhook}}}"},
             "callGear":{"baseUrl":"https://dataapi.callgear.com/v2.0","accessToken":"key"}}
            """);

        Assert.Equal("https://acme.bitrix24.com/rest/1/s3cret/", Secrets.Open("acme", LastConnected.Bitrix24.WebhookUrl!));
        Assert.Equal(
            ("https://acme.bitrix24.com/rest/1/•••", "acme.bitrix24.com"),
            (LastConnected.Bitrix24.DisplayAddress, LastConnected.Bitrix24.PortalKey));
    }

    [Fact]
    public async Task Get_PortalThatARenewalTold_IsShown()
    {
        var portal = _api.Grains.Connect("acme");
        portal.Account = portal.Account! with { Portal = new PortalView("new.bitrix24.com", "a223c6b3710f85df22e9377d6c4f7553") };

        var answer = await _api.GetAsync(Address);

        JsonAssert.Equal(
            """{"host":"new.bitrix24.com","memberId":"a223c6b3710f85df22e9377d6c4f7553"}""", answer.Json["portal"]!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"edition":"onPremise"}""", """{"baseUrl":"https://dataapi.callgear.com/v2.0"}""")]
    [InlineData(
        """{"edition":"onPremise","webhookUrl":"https://acme.bitrix24.com/rest/1/•••","oauth":null,"applicationToken":"•••"}""",
        """{"baseUrl":"https://dataapi.callgear.com/v2.0","accessToken":"•••","userId":null}""")]
    [InlineData("""{"edition":"onPremise","webhookUrl":"•••","applicationToken":null}""",
        """{"baseUrl":"https://dataapi.callgear.com/v2.0","accessToken":null}""")]
    public async Task Put_UpdateWithSecretsLeftOutOrMasked_KeepsThem(string bitrix24, string callGear)
    {
        _api.Grains.Connect("acme");

        var answer = await _api.PutAsync(Address, $$"""{"displayName":"New","bitrix24":{{bitrix24}},"callGear":{{callGear}}}""");

        Assert.Equal(200, answer.Status);
        var access = LastConnected.Bitrix24;
        Assert.Equal(
            (Bitrix24Edition.OnPremise, "https://acme.bitrix24.com/rest/1/•••", "acme.bitrix24.com", false),
            (access.Edition, access.DisplayAddress, access.PortalKey, access.IsOAuth));
        Assert.Null(access.WebhookUrl);
        Assert.Null(access.ApplicationToken);
        Assert.Null(LastConnected.CallGear.AccessToken);
    }

    [Fact]
    public async Task Put_UpdateWithAnotherMaskedWebhook_Answers400()
    {
        _api.Grains.Connect("acme");

        var answer = await _api.PutAsync(Address, Samples.Body.Replace(Samples.WebhookSecret + "/", "•••", StringComparison.Ordinal)
            .Replace("rest/1", "rest/2", StringComparison.Ordinal));

        answer.AssertProblem(400);
        Assert.Equal(["bitrix24.webhookUrl"], answer.ErrorPaths);
    }

    [Fact]
    public async Task Put_UpdateFromWebhookToOAuthWithoutTokens_Answers400()
    {
        _api.Grains.Connect("acme");

        var answer = await _api.PutAsync(
            Address,
            """{"displayName":"A","bitrix24":{"edition":"cloud","oauth":{"clientEndpoint":"https://acme.bitrix24.com/rest/"}},"callGear":"""
            + """{"baseUrl":"https://x.com"}}""");

        answer.AssertProblem(400);
        Assert.Equal(["bitrix24.oauth.accessToken", "bitrix24.oauth.refreshToken"], answer.ErrorPaths);
    }

    [Fact]
    public async Task Put_GrainMissesASecret_Answers400NamingIt()
    {
        _api.Grains.Portal("acme").NextConnect = new ConnectResponse(ConnectOutcome.SecretMissing, "callGear.accessToken", null);

        var answer = await _api.PutAsync(Address, Samples.Body);

        answer.AssertProblem(400, "invalidRequest");
        Assert.Equal(["callGear.accessToken"], answer.ErrorPaths);
    }

    [Fact]
    public async Task Put_AccountBeingErased_Answers409()
    {
        _api.Grains.Portal("acme").NextConnect = new ConnectResponse(ConnectOutcome.BeingErased, null, null);

        (await _api.PutAsync(Address, Samples.Body)).AssertProblem(409, "accountBeingErased");
    }

    [Fact]
    public async Task Get_AccountWithAProblem_ShowsItsCodeAndMessage()
    {
        var portal = _api.Grains.Connect("acme");
        portal.Account = portal.Account! with
        {
            Status = AccountStatus.ActionRequired,
            Problem = new Problem(ProblemCode.Bitrix24Unauthorized, "The webhook was refused."),
            HasApplicationToken = false,
            NextRunAt = null,
            LastRun = null,
        };

        var answer = await _api.GetAsync(Address);

        Assert.Equal("actionRequired", (string?)answer.Json["status"]);
        JsonAssert.Equal(
            """{"code":"bitrix24Unauthorized","message":"The webhook was refused."}""", answer.Json["problem"]!.ToJsonString());
        foreach (var member in (string[])["nextRunAt", "lastRun"])
        {
            Assert.True(answer.Json.AsObject().ContainsKey(member), $"{member} is omitted");
            Assert.Null(answer.Json[member]);
        }

        Assert.True(answer.Json["bitrix24"]!.AsObject().ContainsKey("applicationToken"));
        Assert.Null(answer.Json["bitrix24"]!["applicationToken"]);
    }

    [Fact]
    public async Task Delete_Account_Answers204AndThen404()
    {
        _api.Grains.Connect("acme");

        Assert.Equal((204, ""), ((await _api.DeleteAsync(Address)) is var answer ? (answer.Status, answer.Text) : default));
        (await _api.DeleteAsync(Address)).AssertProblem(404, "accountNotFound");
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("DELETE", "")]
    [InlineData("GET", "/keys")]
    [InlineData("POST", "/keys")]
    [InlineData("DELETE", "/keys/0123456789abcdef")]
    [InlineData("POST", "/synchronize")]
    [InlineData("GET", "/runs")]
    [InlineData("GET", "/runs/x")]
    [InlineData("GET", "/runs/x/events")]
    [InlineData("POST", "/runs/x/approve")]
    [InlineData("GET", "/employees")]
    [InlineData("GET", "/employees/7")]
    [InlineData("GET", "/responsible-employees")]
    [InlineData("GET", "/audit")]
    public async Task AnyCall_UnknownOrMalformedAccount_Answers404(string method, string suffix)
    {
        foreach (var id in (string[])["nobody", "NOT-AN-ID"])
        {
            (await _api.SendAsync(new HttpMethod(method), $"/api/v1/accounts/{id}{suffix}", TestApi.AdminKey)).AssertProblem(
                404, "accountNotFound");
        }
    }

    [Fact]
    public async Task Verify_ValidBody_AnswersBothSidesAndProtectsForNoAccount()
    {
        _api.Grains.Check.Answer = new ConnectionCheck(
            new VendorCheck(123, null), new VendorCheck(null, new Problem(ProblemCode.CallGearUnauthorized, "The key was refused.")));
        using var content = new StringContent(Samples.Body, Encoding.UTF8, "application/json");

        var answer = await _api.SendAsync(HttpMethod.Post, "/api/v1/verify", TestApi.AdminKey, content);

        Assert.Equal(200, answer.Status);
        JsonAssert.Equal(
            """
            {"bitrix24":{"ok":true,"users":123,"problem":null},
             "callGear":{"ok":false,"employees":null,"problem":{"code":"callGearUnauthorized","message":"The key was refused."}}}
            """,
            answer.Text);
        var (connection, owner) = Assert.Single(_api.Grains.Check.Checked);
        Assert.Equal(Samples.CallGearSecret, Secrets.Open(owner, connection.CallGear.AccessToken!));
        Assert.Equal(AccountSecrets.NoAccount, owner);
    }

    [Fact]
    [Trait("Rule", "R7.3")]
    public async Task Verify_GroupIsRejected_AnswersItForCallGearWithTheNumberOfEmployees()
    {
        _api.Grains.Check.Answer = new ConnectionCheck(
            new VendorCheck(123, null), new VendorCheck(45, null), new Problem(ProblemCode.GroupRejected, "There is no group 7."));
        using var content = new StringContent(Samples.Body, Encoding.UTF8, "application/json");

        var answer = await _api.SendAsync(HttpMethod.Post, "/api/v1/verify", TestApi.AdminKey, content);

        Assert.Equal(200, answer.Status);
        JsonAssert.Equal(
            """
            {"bitrix24":{"ok":true,"users":123,"problem":null},
             "callGear":{"ok":false,"employees":45,"problem":{"code":"groupRejected","message":"There is no group 7."}}}
            """,
            answer.Text);
    }

    [Fact]
    public async Task Answers_OfEveryKind_NeverHoldASecret()
    {
        var answers = new List<string>
        {
            (await _api.PutAsync(Address, Samples.Body)).Text,
            (await _api.PutAsync(Address, Samples.Body)).Text,
        };
        answers.Add((await _api.PutAsync(Address, Samples.Body.Replace("\"cloud\"", "\"box\"", StringComparison.Ordinal))).Text);
        answers.Add((await _api.PutAsync(Address, Samples.Body.Replace("rest/1", "rest/x", StringComparison.Ordinal))).Text);
        answers.Add((await _api.GetAsync(Address)).Text);
        answers.Add((await _api.GetAsync("/api/v1/accounts")).Text);
        answers.Add((await _api.GetAsync(Address + "/audit")).Text);

        foreach (var secret in (string[])[Samples.WebhookSecret, Samples.CallGearSecret, Samples.ApplicationSecret, TestApi.AdminKey])
        {
            Assert.All(answers, text => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        }
    }
}
