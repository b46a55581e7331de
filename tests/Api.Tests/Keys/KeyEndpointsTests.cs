using OrleansSync.Api.Authorization;
using OrleansSync.Api.Tests.Hosting;
using OrleansSync.Grains.Interfaces.Keys;

namespace OrleansSync.Api.Tests.Keys;

public sealed class KeyEndpointsTests : IAsyncLifetime
{
    private TestApi _api = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await TestApi.StartAsync();
        _api.Grains.Connect("acme");
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Post_Key_WorksUntilItIsRevoked()
    {
        var made = await _api.PostAsync("/api/v1/accounts/acme/keys");
        Assert.Equal(201, made.Status);
        var (keyId, key) = ((string)made.Json["keyId"]!, (string)made.Json["key"]!);
        Assert.StartsWith($"osk_acme.{keyId}.", key, StringComparison.Ordinal);
        Assert.Equal(200, (await _api.GetAsync("/api/v1/accounts/acme", key)).Status);

        Assert.Equal(204, (await _api.DeleteAsync($"/api/v1/accounts/acme/keys/{keyId}")).Status);

        (await _api.GetAsync("/api/v1/accounts/acme", key)).AssertProblem(401, "unauthorized");
        (await _api.DeleteAsync($"/api/v1/accounts/acme/keys/{keyId}")).AssertProblem(404, "keyNotFound");
    }

    [Fact]
    public async Task Post_Key_HandsTheGrainTheHashOnly()
    {
        var key = (string)(await _api.PostAsync("/api/v1/accounts/acme/keys")).Json["key"]!;

        Assert.True(ApiKey.TryParse(key, out var parsed));
        var stored = Assert.Single(_api.Grains.KeysOf("acme").Stored);
        Assert.Equal(parsed.KeyId, stored.KeyId);
        Assert.Equal(parsed.SecretHash, stored.SecretHash);
    }

    [Fact]
    public async Task Post_AccountWithAccountIdOfDots_MakesAKeyThatIsRead()
    {
        _api.Grains.Connect("a.b.c");

        var key = (string)(await _api.PostAsync("/api/v1/accounts/a.b.c/keys")).Json["key"]!;

        Assert.Equal(200, (await _api.GetAsync("/api/v1/accounts/a.b.c", key)).Status);
    }

    [Fact]
    public async Task Post_TooManyKeys_Answers409()
    {
        _api.Grains.KeysOf("acme").NextAdd = AddKeyOutcome.TooMany;

        (await _api.PostAsync("/api/v1/accounts/acme/keys")).AssertProblem(409, "tooManyKeys");
    }

    [Fact]
    public async Task Post_AccountDisconnectedMeanwhile_AnswersAsForNoAccount()
    {
        _api.Grains.KeysOf("acme").NextAdd = AddKeyOutcome.NoAccount;

        (await _api.PostAsync("/api/v1/accounts/acme/keys")).AssertProblem(404, "accountNotFound");
        Assert.Empty(_api.Grains.AuditOf("acme").Entries);
    }

    [Fact]
    public async Task Get_Keys_ListsIdsOnly()
    {
        var keyId = (string)(await _api.PostAsync("/api/v1/accounts/acme/keys")).Json["keyId"]!;

        JsonAssert.Equal($$"""{"items":[{"keyId":"{{keyId}}"}]}""", (await _api.GetAsync("/api/v1/accounts/acme/keys")).Text);
    }

    [Fact]
    public async Task Delete_MalformedKeyId_Answers404() =>
        (await _api.DeleteAsync("/api/v1/accounts/acme/keys/nonsense")).AssertProblem(404, "keyNotFound");
}
