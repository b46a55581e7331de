using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansSync.EndToEnd.Services;
using OrleansSync.Testing.Client;
using OrleansSync.Testing.Tenants;

namespace OrleansSync.EndToEnd.Requests;

/// <summary>Requests that are refused: 400 with what is wrong by path, and nothing stored.</summary>
public sealed class BadRequestTests(Product product)
{
    public static TheoryData<string, string?, string> Bodies => new()
    {
        { "displayName", null, "displayName" },
        { "displayName", "\"\"", "displayName" },
        { "displayName", "7", "displayName" },
        { "unknown", "1", "unknown" },
        { "bitrix24", null, "bitrix24" },
        { "bitrix24", "[]", "bitrix24" },
        { "bitrix24.edition", "\"hybrid\"", "bitrix24.edition" },
        { "bitrix24.edition", null, "bitrix24.edition" },
        { "bitrix24.webhookUrl", null, "bitrix24.webhookUrl" },
        { "bitrix24.webhookUrl", "\"https://acme.bitrix24.com/\"", "bitrix24.webhookUrl" },
        { "bitrix24.webhookUrl", "\"http://10.1.2.3/rest/1/secret/\"", "bitrix24.webhookUrl" },
        { "bitrix24.webhookUrl", "\"https://169.254.169.254/rest/1/secret/\"", "bitrix24.webhookUrl" },
        { "bitrix24.oauth", """{"clientEndpoint":"https://a.example/rest/","accessToken":"a","refreshToken":"b"}""", "bitrix24.oauth" },
        { "callGear.baseUrl", "\"ftp://a.example\"", "callGear.baseUrl" },
        { "callGear.baseUrl", "\"https://10.0.0.1/v2.0\"", "callGear.baseUrl" },
        { "callGear.accessToken", null, "callGear.accessToken" },
        { "callGear.userId", "\"seven\"", "callGear.userId" },
        { "settings.phoneNumbers", "\"some\"", "settings.phoneNumbers" },
        { "settings.maxDeletionsPercent", "101", "settings.maxDeletionsPercent" },
        { "settings.maxDeletionsPercent", "-1", "settings.maxDeletionsPercent" },
        { "settings.paused", "\"yes\"", "settings.paused" },
        { "settings.unknown", "1", "settings.unknown" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Put_WrongMember_IsRefusedByItsPath(string member, string? value, string path)
    {
        var tenant = await product.NewTenantAsync(People.Seed([]));
        var body = tenant.Body();
        var names = member.Split('.');
        var parent = names.SkipLast(1).Aggregate((JsonNode)body, (node, name) => node[name]!).AsObject();
        parent.Remove(names[^1]);
        if (value is not null)
        {
            parent[names[^1]] = JsonNode.Parse(value);
        }

        await AssertRefusedAsync(tenant.Path, body.ToJsonString(), path);
        await AssertAbsentAsync(tenant);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"displayName":"a","displayName":"b"}""")]
    public async Task Put_NoObject_IsRefused(string body)
    {
        var tenant = await product.NewTenantAsync(People.Seed([]));
        await AssertRefusedAsync(tenant.Path, body, path: null);
        await AssertAbsentAsync(tenant);
    }

    [Theory]
    [InlineData("UPPER")]
    [InlineData("-first")]
    [InlineData("with%20space")]
    [InlineData("a12345678901234567890123456789012345678901234567890123456789012345")]
    public async Task Put_WrongAccountId_IsRefused(string id)
    {
        var tenant = await product.NewTenantAsync(People.Seed([]));
        await AssertRefusedAsync($"api/v1/accounts/{id}", tenant.Body().ToJsonString(), "accountId");
    }

    [Fact]
    public async Task Put_WrongChangeOfAnAccount_LeavesItAsItIs()
    {
        var tenant = await product.NewTenantAsync(People.Seed([]));
        await tenant.ConnectAsync();
        var before = await tenant.AccountAsync();
        var body = tenant.Body();
        body["displayName"] = "Changed";
        body["settings"]!["maxDeletionsPercent"] = 1000;

        await AssertRefusedAsync(tenant.Path, body.ToJsonString(), "settings.maxDeletionsPercent");

        Assert.Equal(before, await tenant.AccountAsync());
    }

    [Theory]
    [InlineData("POST", "/synchronize?wait=0", "wait")]
    [InlineData("POST", "/synchronize?wait=301", "wait")]
    [InlineData("POST", "/synchronize?wait=soon", "wait")]
    [InlineData("POST", "/synchronize?dryRun=perhaps", "dryRun")]
    [InlineData("POST", "/synchronize?user=-1", "user")]
    [InlineData("POST", "/synchronize?user=ann", "user")]
    [InlineData("GET", "/runs?limit=0", "limit")]
    [InlineData("GET", "/runs?limit=201", "limit")]
    [InlineData("GET", "/runs?cursor=%00", "cursor")]
    [InlineData("GET", "/employees?cursor=nonsense", "cursor")]
    [InlineData("GET", "/employees?outcome=unheard", "outcome")]
    [InlineData("GET", "/audit?limit=many", "limit")]
    public async Task Query_WrongParameter_IsRefusedByItsName(string method, string path, string parameter)
    {
        var tenant = await product.NewTenantAsync(People.Seed([]));
        await tenant.ConnectPausedAsync();

        using var answer = await (await product.EmbeddedAsync()).Api.SendAsync(new HttpMethod(method), tenant.Path + path);

        await AssertProblemAsync(answer, parameter);
        Assert.Empty(await tenant.RunsAsync());
    }

    [Theory]
    [InlineData("?limit=0", "limit")]
    [InlineData("?status=odd", "status")]
    [InlineData("?cursor=nonsense", "cursor")]
    public async Task AccountList_WrongParameter_IsRefusedByItsName(string query, string parameter)
    {
        using var answer = await (await product.EmbeddedAsync()).Api.SendAsync(HttpMethod.Get, "api/v1/accounts" + query);
        await AssertProblemAsync(answer, parameter);
    }

    [Fact]
    public async Task Unknown_AccountsRunsAndUsers_AreNotFound()
    {
        var tenant = await product.NewTenantAsync(People.Seed([]));
        await tenant.ConnectPausedAsync();
        var api = (await product.EmbeddedAsync()).Api;
        string[] paths = ["api/v1/accounts/nobody", "api/v1/accounts/nobody/runs", $"{tenant.Path}/runs/no-run",
            $"{tenant.Path}/employees/4711"];

        foreach (var path in paths)
        {
            using var answer = await api.SendAsync(HttpMethod.Get, path);
            Assert.Equal(
                (path, HttpStatusCode.NotFound, "application/problem+json"),
                (path, answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        }
    }

    private async Task AssertRefusedAsync(string address, string body, string? path)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await (await product.EmbeddedAsync()).Api.SendAsync(HttpMethod.Put, address, content);
        await AssertProblemAsync(answer, path);
    }

    private static async Task AssertProblemAsync(HttpResponseMessage answer, string? path)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{(int)answer.StatusCode} {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonSerializer.Deserialize(text, AnswersJson.Default.ProblemAnswer)!;
        Assert.Equal(400, problem.Status);
        Assert.NotEmpty(problem.Errors!);
        if (path is not null)
        {
            Assert.Contains(path, problem.Errors!.Keys);
        }
    }

    private async Task AssertAbsentAsync(Tenant tenant)
    {
        Assert.Equal(HttpStatusCode.NotFound, await (await product.EmbeddedAsync()).Api.StatusAsync(HttpMethod.Get, tenant.Path));
        Assert.Empty(tenant.Requests());
    }
}
