using System.Net;
using OrleansSync.EndToEnd.Services;
using OrleansSync.Sandbox.Faults;
using OrleansSync.Sandbox.Requests;
using OrleansSync.Testing.Client;
using OrleansSync.Testing.Processes;
using OrleansSync.Testing.Tenants;

namespace OrleansSync.EndToEnd.Rules;

/// <summary>R1, but for the schedule.</summary>
public sealed class WhenTests(Product product)
{
    [Fact]
    [Trait("Rule", "R1.1")]
    public async Task Connect_NewAccount_IsImportedAtOnce()
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(3)));

        var run = await tenant.ConnectAsync();

        Assert.Equal(("connected", "succeeded", false), (run.Trigger, run.Status, run.DryRun));
        Assert.Equal((3, 3), (run.Counts.Created, tenant.CallGear.Employees.Count));
        var account = await tenant.AccountAsync();
        Assert.Equal("active", account.Status);
        Assert.Equal(new AccountCounts(3, 3, 0), account.Counts);
        Assert.Equal(run.RunId, account.LastRun!.RunId);
    }

    [Fact]
    [Trait("Rule", "R1.2")]
    public async Task Synchronize_WithAndWithoutWaiting_AnswersTheRunAndWhereItIs()
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(1)));
        var api = (await product.EmbeddedAsync()).Api;
        await tenant.ConnectAsync();

        using var hold = product.Sandbox.Faults.Add(new Fault { Kind = FaultKind.Hold, Target = tenant.Id, Vendor = Vendor.Bitrix24 });
        using var accepted = await api.SendAsync(HttpMethod.Post, $"{tenant.Path}/synchronize");
        using var impatient = await api.SendAsync(HttpMethod.Post, $"{tenant.Path}/synchronize?wait=1");
        hold.Dispose();
        using var waited = await api.SendAsync(HttpMethod.Post, $"{tenant.Path}/synchronize?wait=300");

        Assert.Equal(
            (HttpStatusCode.Accepted, HttpStatusCode.Accepted, HttpStatusCode.OK),
            (accepted.StatusCode, impatient.StatusCode, waited.StatusCode));
        var location = Assert.IsType<Uri>(accepted.Headers.Location).ToString().TrimStart('/');
        Assert.StartsWith($"{tenant.Path}/runs/", location, StringComparison.Ordinal);
        var ended = await tenant.EndOfAsync(location.Split('/')[^1]);
        Assert.Equal(("manual", "succeeded"), (ended.Trigger, ended.Status));
    }

    [Fact]
    [Trait("Rule", "R1.3")]
    public async Task Event_UserAdded_ImportsWithinSeconds()
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(2)));
        await tenant.ConnectAsync();
        tenant.Portal.PutUser(People.User(3));

        Assert.Equal(HttpStatusCode.Accepted, await SendEventAsync(tenant, tenant.Portal.ApplicationToken));

        await Eventually.HoldsAsync("user 3 is imported", () => tenant.CallGear.Employees.Count == 3);
        var run = await tenant.FirstRunAsync("event");
        Assert.Equal((1, 2), (run.Counts.Created, run.Counts.Matched));
    }

    [Fact]
    [Trait("Rule", "R1.3")]
    public async Task Event_WrongToken_IsRefusedLikeAnUnknownAccount()
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(1)));
        await tenant.ConnectAsync();
        var service = await product.EmbeddedAsync();

        var wrongToken = await SendEventAsync(tenant, "not-the-token");
        var nobody = await product.Sandbox.SendUserAddedAsync(
            tenant.Id,
            1,
            new Uri(service.Address, "webhooks/bitrix24/nobody"),
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (wrongToken, nobody));
        await tenant.SynchronizeAsync();
        Assert.Equal(["manual", "connected"], (await tenant.RunsAsync()).Select(run => run.Trigger));
    }

    [Fact]
    [Trait("Rule", "R1.4")]
    public async Task Requests_DuringARun_ShareExactlyOneMoreRun()
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(2)));
        await tenant.ConnectAsync();
        using var hold = Hold(tenant);
        var first = await tenant.RequestRunAsync();
        await hold.WaitForHeldAsync(1, TestContext.Current.CancellationToken);

        var during = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => tenant.RequestRunAsync()));
        await SendEventAsync(tenant, tenant.Portal.ApplicationToken);
        hold.Dispose();

        var next = Assert.Single(during.Select(run => run.RunId).Distinct());
        Assert.NotEqual(first.RunId, next);
        Assert.Equal("succeeded", (await tenant.EndOfAsync(next)).Status);
        Assert.Equal([next, first.RunId], (await tenant.RunsAsync()).Take(2).Select(run => run.RunId));
        Assert.Equal(3, (await tenant.RunsAsync()).Count);
        Assert.Equal(3, tenant.Requests().Count(request => request.Vendor == Vendor.Bitrix24));
    }

    [Fact]
    [Trait("Rule", "R1.4")]
    public async Task Requests_DryAndForOneUser_WaitTheirTurnAndAreNotMerged()
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(2)));
        await tenant.ConnectAsync();
        using var hold = Hold(tenant);
        await tenant.RequestRunAsync();
        await hold.WaitForHeldAsync(1, TestContext.Current.CancellationToken);

        Run[] asked =
        [
            await tenant.RequestRunAsync("?dryRun=true"),
            await tenant.RequestRunAsync("?user=1"),
            await tenant.RequestRunAsync("?dryRun=true"),
            await tenant.RequestRunAsync(),
            await tenant.RequestRunAsync("?user=1"),
        ];
        hold.Dispose();

        Assert.All(await Task.WhenAll(asked.Select(run => tenant.EndOfAsync(run.RunId))), run => Assert.Equal("succeeded", run.Status));
        Assert.Equal(asked.Select(run => run.RunId), (await tenant.RunsAsync()).Take(5).Reverse().Select(run => run.RunId));
    }

    [Fact]
    [Trait("Rule", "R1.5")]
    public async Task Paused_EventsAreIgnored_SynchronizeWorks()
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(1)));
        await tenant.ConnectPausedAsync();

        Assert.Equal(HttpStatusCode.Accepted, await SendEventAsync(tenant, tenant.Portal.ApplicationToken));
        var account = await tenant.AccountAsync();
        Assert.Equal(("paused", (DateTimeOffset?)null), (account.Status, account.NextRunAt));
        Assert.Empty(tenant.Requests());

        var run = await tenant.SynchronizeAsync();
        Assert.Equal((1, "manual"), (run.Counts.Created, Assert.Single(await tenant.RunsAsync()).Trigger));
    }

    private FaultHandle Hold(Tenant tenant) =>
        product.Sandbox.Faults.Add(new Fault { Kind = FaultKind.Hold, Target = tenant.Id, Vendor = Vendor.Bitrix24 });

    private async Task<HttpStatusCode> SendEventAsync(Tenant tenant, string token) => await product.Sandbox.SendUserAddedAsync(
        tenant.Id, 1, new Uri((await product.EmbeddedAsync()).Address, $"webhooks/bitrix24/{tenant.Id}"), token);
}
