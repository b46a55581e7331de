using System.Text;
using System.Text.Json;
using OrleansSync.EndToEnd.Services;
using OrleansSync.Sandbox.Faults;
using OrleansSync.Testing.Tenants;

namespace OrleansSync.EndToEnd.Rules;

/// <summary>R8.4, R8.10, R8.11 with portals and accounts that are slow, old, or break off.</summary>
public sealed class RealPortalsTests(Product product)
{
    [Theory]
    [InlineData("INTERNAL_SERVER_ERROR", 3, null)]
    [InlineData("QUERY_LIMIT_EXCEEDED", 2, 1)]
    [Trait("Rule", "R8.4"), Trait("Rule", "R8.11")]
    public async Task BatchThatBreaksOff_GoesOnAfterTheLastGoodUser(string code, int page, int? times)
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(320)));
        await tenant.ConnectPausedAsync();
        using var fault = product.Sandbox.Faults.Add(
            new Fault { Kind = FaultKind.Error, Target = tenant.Id, Method = "user.get", Code = code, Command = page, Times = times });

        var run = await tenant.SynchronizeAsync("&dryRun=true");

        Assert.Equal(("succeeded", 320, 320), (run.Status, run.Counts.Users, run.Counts.Created));
        Assert.InRange(fault.Hits, 1, 4);
    }

    [Fact]
    [Trait("Rule", "R8.4"), Trait("Rule", "R8.11")]
    public async Task SlowPortal_IsReadWithSmallerBatches_AndTheNextRunKnows()
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(320)));
        await tenant.ConnectPausedAsync();
        tenant.Portal.Settings = tenant.Portal.Settings with { PageSeconds = 0.02, FrontEndSeconds = 0.4 };

        var run = await tenant.SynchronizeAsync("&dryRun=true");
        var before = tenant.Requests().Count;
        var next = await tenant.SynchronizeAsync("&dryRun=true");

        Assert.Equal(("succeeded", 320), (run.Status, run.Counts.Users));
        Assert.Equal(("succeeded", 320), (next.Status, next.Counts.Users));
        Assert.Contains(tenant.Requests(), request => request.Status == 504);
        Assert.DoesNotContain(tenant.Requests().Skip(before), request => request.Status == 504);
    }

    [Fact]
    [Trait("Rule", "R8.10"), Trait("Rule", "R8.11")]
    public async Task SlowCallGear_IsReadWithSmallerPages()
    {
        var employees = Enumerable.Range(1, 450).Select(id => People.EmployeeFor(id, $"Lee {id}")).ToArray();
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(3), employees));
        await tenant.ConnectPausedAsync();
        tenant.CallGear.Settings = tenant.CallGear.Settings with { SecondsPerThousand = 1, FrontEndSeconds = 0.3 };

        var run = await tenant.SynchronizeAsync("&dryRun=true");

        Assert.Equal(("succeeded", 3), (run.Status, run.Counts.Linked));
    }

    [Fact]
    [Trait("Rule", "R8.4")]
    public async Task FilterThatIsIgnored_VerifyAndRunsSeeEverybody()
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(120)));
        tenant.Portal.Settings = tenant.Portal.Settings with { PlainFiltersOnly = true };
        using var content = new StringContent(tenant.Body().ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await (await product.EmbeddedAsync()).Api.SendAsync(HttpMethod.Post, "api/v1/verify", content);
        using var verified = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await tenant.ConnectPausedAsync();

        var run = await tenant.SynchronizeAsync("&dryRun=true");
        var next = await tenant.SynchronizeAsync("&dryRun=true");

        var bitrix24 = verified.RootElement.GetProperty("bitrix24");
        Assert.Equal((true, 120), (bitrix24.GetProperty("ok").GetBoolean(), bitrix24.GetProperty("users").GetInt32()));
        Assert.Equal(("succeeded", 120, 120), (run.Status, run.Counts.Users, next.Counts.Users));
    }
}
