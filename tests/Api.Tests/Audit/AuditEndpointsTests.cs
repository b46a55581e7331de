using OrleansSync.Api.Tests.Hosting;
using OrleansSync.Grains.Interfaces.Audit;

namespace OrleansSync.Api.Tests.Audit;

public sealed class AuditEndpointsTests : IAsyncLifetime
{
    private TestApi _api = null!;

    private List<AuditEntry> Entries => _api.Grains.AuditOf("acme").Entries;

    public async ValueTask InitializeAsync() => _api = await TestApi.StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Connect_Account_IsInTheTrailWithoutItsSecrets()
    {
        await _api.PutAsync("/api/v1/accounts/acme", Samples.Body);

        var entry = Assert.Single(Entries);
        Assert.Equal(
            (Samples.Noon, new AuditActor(AuditActorKind.Operator, null), "account.connected", "127.0.0.1"),
            (entry.At, entry.Actor, entry.Action, entry.From));
        Assert.Contains(new AuditDetail("displayName", null, new AuditChange(null, "Acme")), entry.Details);
        Assert.Contains(new AuditDetail("callGear.accessToken", "changed", null), entry.Details);
    }

    [Fact]
    public async Task Update_Account_NamesWhatChangedAndNothingElse()
    {
        _api.Grains.Connect("acme");

        await _api.PutAsync(
            "/api/v1/accounts/acme",
            """
            {"displayName":"New name","bitrix24":{"edition":"cloud"},
             "callGear":{"baseUrl":"https://dataapi.callgear.com/v2.0","accessToken":"new-key","userId":3},
             "settings":{"paused":true}}
            """);

        var entry = Assert.Single(Entries);
        Assert.Equal("account.updated", entry.Action);
        Assert.Equal(
            [
                new AuditDetail("displayName", null, new AuditChange("Acme", "New name")),
                new AuditDetail("callGear.accessToken", "changed", null),
                new AuditDetail("callGear.userId", null, new AuditChange(null, "3")),
                new AuditDetail("settings.paused", null, new AuditChange("false", "true")),
            ],
            entry.Details);
    }

    [Fact]
    public async Task List_Trail_IsNewestFirstAndHasTheFixedShape()
    {
        _api.Grains.Connect("acme");
        _api.Grains.AuditOf("acme").Next = "0.5";
        var key = _api.KeyOf("acme");
        await _api.PostAsync("/api/v1/accounts/acme/synchronize?dryRun=true&user=7", key);
        await _api.PutAsync(
            "/api/v1/accounts/acme",
            """{"displayName":"B","bitrix24":{"edition":"cloud"},"callGear":{"baseUrl":"https://dataapi.callgear.com/v2.0"}}""");

        var answer = await _api.GetAsync("/api/v1/accounts/acme/audit", key);

        var keyId = _api.Grains.KeysOf("acme").Stored[0].KeyId;
        JsonAssert.Equal(
            """
            [{"at":"2025-03-01T12:00:00Z","actor":{"kind":"operator","id":null},"action":"account.updated","from":"127.0.0.1",
              "details":{"displayName":{"from":"Acme","to":"B"}}},
             {"at":"2025-03-01T12:00:00Z","actor":{"kind":"account","id":"KEY"},"action":"run.requested","from":"127.0.0.1",
              "details":{"runId":"run-1"}}]
            """.Replace("KEY", keyId, StringComparison.Ordinal),
            answer.Json["items"]!.ToJsonString());
        Assert.NotNull((string?)answer.Json["nextCursor"]);
    }

    [Fact]
    public async Task Change_TrailCannotBeWritten_SucceedsAllTheSame()
    {
        _api.Grains.AuditOf("acme").Failure = new TimeoutException();

        Assert.Equal(201, (await _api.PutAsync("/api/v1/accounts/acme", Samples.Body)).Status);
    }

    [Fact]
    public async Task Change_Refused_IsNotInTheTrail()
    {
        await _api.PutAsync("/api/v1/accounts/acme", "{}");
        await _api.PostAsync("/api/v1/accounts/acme/synchronize");

        Assert.Empty(Entries);
    }

    [Fact]
    public async Task Keys_MadeAndRevoked_AreInTheTrail()
    {
        _api.Grains.Connect("acme");
        var keyId = (string)(await _api.PostAsync("/api/v1/accounts/acme/keys")).Json["keyId"]!;
        await _api.DeleteAsync($"/api/v1/accounts/acme/keys/{keyId}");

        Assert.Equal(["key.created", "key.revoked"], Entries.Select(entry => entry.Action));
        Assert.All(Entries, entry => Assert.Equal(new AuditDetail("keyId", keyId, null), Assert.Single(entry.Details)));
    }
}
