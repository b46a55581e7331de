using System.Text;
using OrleansSync.Api.Tests.Hosting;
using OrleansSync.Grains.Interfaces.Accounts;

namespace OrleansSync.Api.Tests.Accounts;

public sealed class SettingsEndpointTests : IAsyncLifetime
{
    private const string Address = "/api/v1/accounts/acme/settings";

    private TestApi _api = null!;

    private AccountSettings Settings => _api.Grains.Portal("acme").Account!.Connection.Settings;

    public async ValueTask InitializeAsync()
    {
        _api = await TestApi.StartAsync();
        _api.Grains.Connect("acme");
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Patch_SomeSettings_LeavesTheOthers_AndIsAuditedLeafByLeaf()
    {
        await PatchAsync("""{ "phoneNumbers": "all", "responsibleGroupId": 7 }""");

        var answer = await PatchAsync("""{ "maxDeletionsPercent": 10, "paused": true, "phoneNumbers": null, "responsibleGroupId": 7 }""");

        Assert.Equal(200, answer.Status);
        Assert.Equal(AccountSettings.Default with { MaxDeletionsPercent = 10, Paused = true, ResponsibleGroupId = 7 }, Settings);
        Assert.Equal(10, (int?)answer.Json["settings"]!["maxDeletionsPercent"]);
        var entry = (await _api.GetAsync("/api/v1/accounts/acme/audit")).Json["items"]![0]!;
        Assert.Equal("settings.changed", (string?)entry["action"]);
        JsonAssert.Equal(
            """
            [
              { "field": "settings.phoneNumbers", "from": "all", "to": "first" },
              { "field": "settings.maxDeletionsPercent", "from": 30, "to": 10 },
              { "field": "settings.paused", "from": false, "to": true }
            ]
            """,
            entry["details"]!["changes"]!.ToJsonString());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "paused": false, "responsibleGroupId": null }""")]
    public async Task Patch_ThatChangesNothing_IsNotAudited(string patch)
    {
        Assert.Equal(200, (await PatchAsync(patch)).Status);

        Assert.Empty(_api.Grains.AuditOf("acme").Entries);
        Assert.Equal(AccountSettings.Default, Settings);
    }

    [Theory]
    [InlineData("""{ "maxDeletionsPercent": 101, "phoneNumbers": "some" }""", "settings.maxDeletionsPercent", "settings.phoneNumbers")]
    [InlineData("""{ "responsibleGroupId": 0 }""", "settings.responsibleGroupId")]
    [InlineData("""{ "unknown": null }""", "settings.unknown")]
    [InlineData("""{ "paused": "yes" }""", "settings.paused")]
    [InlineData("""{ "paused": true, "paused": false }""", "settings.paused")]
    [InlineData("""{ "settings": { "paused": true } }""", "settings.settings")]
    public async Task Patch_ThatIsWrong_NamesMembersByTheAccountsPaths_AndChangesNothing(string patch, params string[] paths)
    {
        var answer = (await PatchAsync(patch)).AssertProblem(400, "invalidRequest");

        Assert.Equal(paths, answer.ErrorPaths);
        Assert.Equal(AccountSettings.Default, Settings);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("")]
    public async Task Patch_ThatIsNoObject_Is400(string patch) => (await PatchAsync(patch)).AssertProblem(400, "malformedJson");

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json-patch+json")]
    [InlineData("text/plain")]
    public async Task Patch_InAnotherMediaType_Is415(string mediaType)
    {
        (await PatchAsync("{}", mediaType: mediaType)).AssertProblem(415, "unsupportedMediaType");
        (await _api.SendAsync(HttpMethod.Patch, Address, TestApi.AdminKey)).AssertProblem(415, "unsupportedMediaType");
    }

    [Fact]
    public async Task Patch_OfAnUnknownAccount_Is404()
    {
        _api.Grains.Portal("acme").Account = null;

        (await PatchAsync("{}")).AssertProblem(404, "accountNotFound");
    }

    /// <summary>A patch is for the settings as they are, also when somebody else changes them at the same moment.</summary>
    [Fact]
    public async Task Patch_WhileTheyAreChanged_KeepsBothChanges()
    {
        var portal = _api.Grains.Portal("acme");
        portal.BeforeSettingsChange = () =>
        {
            portal.BeforeSettingsChange = null;
            portal.Account = portal.Account! with
            {
                Connection = portal.Account.Connection with { Settings = AccountSettings.Default with { FillMissingPhones = true } },
            };
        };

        Assert.Equal(200, (await PatchAsync("""{ "paused": true }""")).Status);

        Assert.Equal(AccountSettings.Default with { FillMissingPhones = true, Paused = true }, Settings);
    }

    private Task<ApiResponse> PatchAsync(string patch, string mediaType = "application/merge-patch+json") =>
        _api.SendAsync(HttpMethod.Patch, Address, _api.KeyOf("acme"), new StringContent(patch, Encoding.UTF8, mediaType));
}
