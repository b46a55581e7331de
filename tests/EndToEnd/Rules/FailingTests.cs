using System.Net;
using System.Text;
using OrleansSync.EndToEnd.Services;
using OrleansSync.Sandbox.Faults;
using OrleansSync.Testing.Client;
using OrleansSync.Testing.Services;
using OrleansSync.Testing.Tenants;

namespace OrleansSync.EndToEnd.Rules;

/// <summary>R8.13, and settings that are changed by themselves.</summary>
public sealed class FailingTests(Product product)
{
    [Theory]
    [InlineData(ServiceKind.Embedded)]
    [InlineData(ServiceKind.Cluster)]
    [Trait("Rule", "R8.13")]
    public async Task AccountWhoseRunsFail_IsFailingUntilOneGetsThrough(ServiceKind kind)
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(6)), kind);
        var first = await tenant.ConnectAsync();
        using var fault = product.Sandbox.Faults.Add(
            new Fault { Kind = FaultKind.LostItems, Target = tenant.Id, Method = "get.employees", Amount = 2 });

        Assert.Equal(("failed", "invalidAnswer"), await OutcomeAsync(tenant));
        Assert.Equal("failed", (await tenant.SynchronizeAsync("&dryRun=true")).Status);
        Assert.Equal("failed", (await tenant.SynchronizeAsync("&user=3")).Status);
        Assert.Equal(("failed", "invalidAnswer"), await OutcomeAsync(tenant));
        var account = await tenant.AccountAsync();
        Assert.Equal(("active", null, first.FinishedAt), (account.Status, account.FailingSince, account.LastSuccessAt));
        Assert.DoesNotContain(tenant.Id, await ListAsync(kind, "status=failing"));

        var third = await tenant.SynchronizeAsync();
        await tenant.SynchronizeAsync();

        account = await tenant.AccountAsync();
        Assert.Equal(
            ("failing", "invalidAnswer", third.FinishedAt, first.FinishedAt),
            (account.Status, account.Problem?.Code, account.FailingSince, account.LastSuccessAt));
        Assert.Contains(tenant.Id, await ListAsync(kind, "status=failing"));
        Assert.Contains(tenant.Id, await ListAsync(kind, "problem=invalidAnswer"));
        Assert.DoesNotContain(tenant.Id, await ListAsync(kind, "problem=portalChanged"));
        Assert.Empty(await ListAsync(kind, "problem=noSuchCode"));

        fault.Dispose();
        Assert.Equal("succeeded", (await tenant.SynchronizeAsync("&dryRun=true")).Status);
        Assert.Equal("succeeded", (await tenant.SynchronizeAsync("&user=3")).Status);
        Assert.Equal("failing", (await tenant.AccountAsync()).Status);
        var through = await tenant.SynchronizeAsync();

        account = await tenant.AccountAsync();
        Assert.Equal(
            ("active", null, null, through.FinishedAt),
            (account.Status, account.Problem, account.FailingSince, account.LastSuccessAt));
        Assert.DoesNotContain(tenant.Id, await ListAsync(kind, "status=failing"));
    }

    [Theory]
    [InlineData(ServiceKind.Embedded)]
    [InlineData(ServiceKind.Cluster)]
    [Trait("Rule", "R7.1")]
    public async Task Settings_AreChangedByThemselves_WithoutARun(ServiceKind kind)
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(3), People.EmployeeFor(2, "Two")), kind);
        tenant.Settings["phoneNumbers"] = "all";
        await tenant.ConnectAsync();
        var runs = (await tenant.RunsAsync()).Count;

        var patched = await PatchAsync(tenant, kind, """{"fillMissingPhones":true,"phoneNumbers":null}""");

        Assert.Equal(HttpStatusCode.OK, patched);
        var settings = (await tenant.AccountAsync()).Settings!;
        Assert.Equal((true, "first"), (settings.FillMissingPhones, settings.PhoneNumbers));
        var api = (await product.ServiceAsync(kind)).Api;
        var changes = (await api.ListAsync($"{tenant.Path}/audit", AnswersJson.Default.PageAuditEntry))
            .First(entry => entry.Action == "settings.changed").Details["changes"]!.AsArray();
        string[] audited = ["settings.fillMissingPhones: false -> true", "settings.phoneNumbers: all -> first"];
        Assert.Equal(audited, changes.Select(change => $"{change!["field"]}: {change["from"]} -> {change["to"]}").Order());
        Assert.Equal(runs, (await tenant.RunsAsync()).Count);
        Assert.Equal(HttpStatusCode.BadRequest, await PatchAsync(tenant, kind, """{"phoneNumbers":"some"}"""));
        Assert.Equal(
            HttpStatusCode.UnsupportedMediaType, await PatchAsync(tenant, kind, """{"fillMissingPhones":false}""", "application/json"));
        Assert.True((await tenant.AccountAsync()).Settings!.FillMissingPhones);
        Assert.Equal("succeeded", (await tenant.SynchronizeAsync()).Status);
    }

    private static async Task<(string Status, string? Code)> OutcomeAsync(Tenant tenant)
    {
        var run = await tenant.SynchronizeAsync();
        return (run.Status, run.Error?.Code);
    }

    private async Task<IReadOnlyList<string>> ListAsync(ServiceKind kind, string filter)
    {
        var api = (await product.ServiceAsync(kind)).Api;
        var page = await api.GetAsync($"api/v1/accounts?limit=200&{filter}", AnswersJson.Default.PageAccount);
        return [.. page.Items.Select(account => account.AccountId)];
    }

    private async Task<HttpStatusCode> PatchAsync(
        Tenant tenant, ServiceKind kind, string patch, string mediaType = "application/merge-patch+json") =>
        await (await product.ServiceAsync(kind)).Api.StatusAsync(
            HttpMethod.Patch, $"{tenant.Path}/settings", new StringContent(patch, Encoding.UTF8, mediaType));
}
