using System.Text;
using System.Text.Json.Nodes;
using OrleansSync.Api.Tests.Hosting;

namespace OrleansSync.Api.Tests.Accounts;

/// <summary>Bodies that are refused. None of them leaves anything behind, so that one interface serves all.</summary>
public sealed class AccountBodyTests(SharedApi shared) : IClassFixture<SharedApi>
{
    private readonly TestApi _api = shared.Api;

    public static TheoryData<string, string?, string> Faults => new()
    {
        // The member to set, its JSON (null takes it out), the path that must be named.
        { "displayName", null, "displayName" },
        { "displayName", "null", "displayName" },
        { "displayName", "7", "displayName" },
        { "displayName", "\"   \"", "displayName" },
        { "displayName", "\"a\\u0000b\"", "displayName" },
        { "displayName", $"\"{new string('x', 201)}\"", "displayName" },
        { "displayName", "\"\\ud800\"", "displayName" },
        { "bitrix24", null, "bitrix24" },
        { "bitrix24", "[]", "bitrix24" },
        { "bitrix24.edition", null, "bitrix24.edition" },
        { "bitrix24.edition", "\"Cloud\"", "bitrix24.edition" },
        { "bitrix24.edition", "0", "bitrix24.edition" },
        { "bitrix24.edition", "\"box\"", "bitrix24.edition" },
        { "bitrix24.webhookUrl", null, "bitrix24.webhookUrl" },
        { "bitrix24.webhookUrl", "\"https://acme.bitrix24.com/\"", "bitrix24.webhookUrl" },
        { "bitrix24.webhookUrl", "\"ftp://acme.bitrix24.com/rest/1/abc/\"", "bitrix24.webhookUrl" },
        { "bitrix24.webhookUrl", "\"https://10.0.0.1/rest/1/abc/\"", "bitrix24.webhookUrl" },
        { "bitrix24.webhookUrl", "\"https://127.0.0.1/rest/1/abc/\"", "bitrix24.webhookUrl" },
        { "bitrix24.webhookUrl", "\"https://[::1]/rest/1/abc/\"", "bitrix24.webhookUrl" },
        { "bitrix24.webhookUrl", "\"http://acme.bitrix24.com/rest/1/abc/\"", "bitrix24.webhookUrl" },
        { "bitrix24.webhookUrl", "\"•••\"", "bitrix24.webhookUrl" },
        { "bitrix24.webhookUrl", "\"https://acme.bitrix24.com/rest/1/•••\"", "bitrix24.webhookUrl" },
        {
            "bitrix24.oauth",
            """{"clientEndpoint":"https://acme.bitrix24.com/rest/","accessToken":"a","refreshToken":"r"}""",
            "bitrix24.oauth"
        },
        { "bitrix24.applicationToken", "\"\"", "bitrix24.applicationToken" },
        { "bitrix24.applicationToken", "\"two words\"", "bitrix24.applicationToken" },
        { "callGear", null, "callGear" },
        { "callGear.baseUrl", null, "callGear.baseUrl" },
        { "callGear.baseUrl", "\"dataapi.callgear.com\"", "callGear.baseUrl" },
        { "callGear.baseUrl", "\"https://user:pw@dataapi.callgear.com/v2.0\"", "callGear.baseUrl" },
        { "callGear.baseUrl", "\"https://dataapi.callgear.com/v2.0?x=1\"", "callGear.baseUrl" },
        { "callGear.baseUrl", "\"https://169.254.169.254/v2.0\"", "callGear.baseUrl" },
        { "callGear.accessToken", null, "callGear.accessToken" },
        { "callGear.accessToken", "\"•••\"", "callGear.accessToken" },
        { "callGear.accessToken", "\"\"", "callGear.accessToken" },
        { "callGear.userId", "0", "callGear.userId" },
        { "callGear.userId", "-5", "callGear.userId" },
        { "callGear.userId", "\"5\"", "callGear.userId" },
        { "callGear.userId", "1.5", "callGear.userId" },
        { "settings", "7", "settings" },
        { "settings.phoneNumbers", "\"some\"", "settings.phoneNumbers" },
        { "settings.fillMissingPhones", "\"yes\"", "settings.fillMissingPhones" },
        { "settings.maxDeletionsPercent", "-1", "settings.maxDeletionsPercent" },
        { "settings.maxDeletionsPercent", "101", "settings.maxDeletionsPercent" },
        { "settings.maxDeletionsPercent", "30.5", "settings.maxDeletionsPercent" },
        { "settings.responsibleGroupId", "0", "settings.responsibleGroupId" },
        { "settings.paused", "1", "settings.paused" },
        { "settings.unknown", "1", "settings.unknown" },
        { "callGear.token", "\"x\"", "callGear.token" },
        { "name", "\"x\"", "name" },
        { "DisplayName", "\"x\"", "DisplayName" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Put_OneMemberWrong_Answers400NamingItAndStoresNothing(string member, string? json, string path)
    {
        var answer = await _api.PutAsync("/api/v1/accounts/acme", With(member, json));

        answer.AssertProblem(400, "invalidRequest");
        Assert.Contains(path, answer.ErrorPaths);
        Assert.Empty(_api.Grains.Portal("acme").Connected);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Verify_OneMemberWrong_Answers400NamingItAndAsksNobody(string member, string? json, string path)
    {
        using var content = new StringContent(With(member, json), Encoding.UTF8, "application/json");
        var answer = await _api.SendAsync(HttpMethod.Post, "/api/v1/verify", TestApi.AdminKey, content);

        answer.AssertProblem(400, "invalidRequest");
        Assert.Contains(path, answer.ErrorPaths);
        Assert.Empty(_api.Grains.Check.Checked);
    }

    [Fact]
    public async Task Put_ManyMembersWrong_NamesAllOfThem()
    {
        var answer = await _api.PutAsync(
            "/api/v1/accounts/acme",
            """{"bitrix24":{"edition":7,"extra":1},"callGear":{"baseUrl":"x","userId":"1"},"settings":{"paused":3"""
            + ""","maxDeletionsPercent":300},"more":[]}""");

        answer.AssertProblem(400);
        Assert.Equal(
            [
                "bitrix24.edition", "bitrix24.extra", "bitrix24.webhookUrl", "callGear.accessToken", "callGear.baseUrl", "callGear.userId",
                "displayName", "more", "settings.maxDeletionsPercent", "settings.paused",
            ],
            answer.ErrorPaths);
    }

    [Fact]
    public async Task Put_HundredsOfMembersWrong_NamesTheFirstOfThem()
    {
        var members = string.Join(',', Enumerable.Range(1000, 500).Select(number => $"\"m{number}\":[{number}]"));

        var answer = await _api.PutAsync("/api/v1/accounts/acme", $"{{{members}}}");

        answer.AssertProblem(400, "invalidRequest");
        Assert.Equal(Enumerable.Range(1000, 32).Select(number => $"m{number}"), answer.ErrorPaths);
    }

    [Fact]
    public async Task Put_SecretOfTheWrongType_IsNotRepeated()
    {
        var answer = await _api.PutAsync("/api/v1/accounts/acme", With("callGear.accessToken", $$"""{"{{Samples.CallGearSecret}}":1}"""));

        answer.AssertProblem(400, "invalidRequest");
        Assert.Equal(["callGear.accessToken"], answer.ErrorPaths);
        Assert.DoesNotContain(Samples.CallGearSecret, answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"a.b\":1,\"it's\":2,\"['x']\":3}", "['x'],a.b,it's")]
    [InlineData("{\"settings\":{\"a.b\":{},\"$\":null}}", "settings.$,settings.a.b")]
    public async Task Put_UnknownMemberWithAStrangeName_IsNamedAsItIs(string body, string paths)
    {
        var answer = await _api.PutAsync("/api/v1/accounts/acme", body);

        answer.AssertProblem(400, "invalidRequest");
        Assert.Equal(paths.Split(','), answer.ErrorPaths.Where(path => path is not ("displayName" or "bitrix24" or "callGear")));
    }

    [Fact]
    public async Task Put_MemberGivenTwice_Answers400NamingIt()
    {
        var answer = await _api.PutAsync("/api/v1/accounts/acme", Samples.Body.Replace(
            "\"paused\": true", "\"paused\": true, \"paused\": false", StringComparison.Ordinal));

        answer.AssertProblem(400);
        Assert.Equal(["settings.paused"], answer.ErrorPaths);
    }

    [Theory]
    [InlineData("https://10.0.0.1/rest/1/abc/")]
    [InlineData("https://0x7f000001/rest/1/abc/")]
    [InlineData("https://[::ffff:127.0.0.1]/rest/1/abc/")]
    [InlineData("https://localhost/rest/1/abc/")]
    public async Task Put_LiteralAddressThatMayNotBeReached_SaysAddressRefused(string webhook)
    {
        var answer = await _api.PutAsync("/api/v1/accounts/acme", With("bitrix24.webhookUrl", $"\"{webhook}\""));

        answer.AssertProblem(400);
        Assert.StartsWith("addressRefused", (string?)answer.Json["errors"]!["bitrix24.webhookUrl"]![0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{\"displayName\":\"Acme\",}")]
    [InlineData("""{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":1}}}}}}}}}""")]
    public async Task Put_NotJson_Answers400ThatAPersonUnderstands(string body)
    {
        var answer = await _api.PutAsync("/api/v1/accounts/acme", body);

        answer.AssertProblem(400, "malformedJson");
        Assert.Equal(["$"], answer.ErrorPaths);
        Assert.Empty(_api.Grains.Portal("acme").Connected);
    }

    [Fact]
    public async Task Put_NotUtf8_Answers400()
    {
        using var content = new ByteArrayContent([(byte)'{', (byte)'"', 0xff, 0xfe, (byte)'"', (byte)':', (byte)'1', (byte)'}']);
        content.Headers.ContentType = new("application/json");

        (await _api.SendAsync(HttpMethod.Put, "/api/v1/accounts/acme", TestApi.AdminKey, content)).AssertProblem(400, "malformedJson");
    }

    [Fact]
    public async Task Put_MemberNameWithHalfASurrogatePair_Answers400() =>
        (await _api.PutAsync("/api/v1/accounts/acme", """{"\ud800":1}""")).AssertProblem(400, "malformedJson");

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    public async Task Put_OtherContentType_Answers415(string type)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Samples.Body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        (await _api.SendAsync(HttpMethod.Put, "/api/v1/accounts/acme", TestApi.AdminKey, content)).AssertProblem(
            415, "unsupportedMediaType");
        Assert.Empty(_api.Grains.Portal("acme").Connected);
    }

    [Fact]
    public async Task Put_NoContentType_Answers415() =>
        (await _api.SendAsync(HttpMethod.Put, "/api/v1/accounts/acme", TestApi.AdminKey)).AssertProblem(415, "unsupportedMediaType");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Put_BodyTooLarge_Answers413(bool isChunked)
    {
        var bytes = Encoding.UTF8.GetBytes(Samples.Body + new string(' ', 64 * 1024));
        using HttpContent content = isChunked ? new StreamContent(new UnseekableStream(bytes)) : new ByteArrayContent(bytes);
        content.Headers.ContentType = new("application/json");

        (await _api.SendAsync(HttpMethod.Put, "/api/v1/accounts/acme", TestApi.AdminKey, content)).AssertProblem(413, "tooLarge");
    }

    [Theory]
    [InlineData("Acme")]
    [InlineData("-acme")]
    [InlineData("a%20b")]
    [InlineData("%C3%A9t%C3%A9")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task Put_BadAccountId_Answers400NamingAccountId(string accountId)
    {
        var answer = await _api.PutAsync($"/api/v1/accounts/{accountId}", Samples.Body);

        answer.AssertProblem(400, "invalidRequest");
        Assert.Equal(["accountId"], answer.ErrorPaths);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("0.a_b-c")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task Put_AccountIdAtItsBounds_IsConnected(string accountId) =>
        Assert.Equal(201, (await _api.PutAsync($"/api/v1/accounts/{accountId}", Samples.Body)).Status);

    private static string With(string member, string? json)
    {
        var body = JsonNode.Parse(Samples.Body)!.AsObject();
        var names = member.Split('.');
        var owner = names.SkipLast(1).Aggregate(body, (node, name) => node[name]!.AsObject());
        if (json is null)
        {
            owner.Remove(names[^1]);
            return body.ToJsonString();
        }

        // Set as text: some of the values under test cannot be held by a node.
        owner[names[^1]] = "@value@";
        return body.ToJsonString().Replace("\"@value@\"", json, StringComparison.Ordinal);
    }

    private sealed class UnseekableStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
