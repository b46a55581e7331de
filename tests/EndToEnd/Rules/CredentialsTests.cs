using System.Text.Json.Nodes;
using OrleansSync.EndToEnd.Services;
using OrleansSync.Sandbox.Bitrix24;
using OrleansSync.Testing.Client;
using OrleansSync.Testing.Processes;
using OrleansSync.Testing.Tenants;

namespace OrleansSync.EndToEnd.Rules;

/// <summary>R8.9, and the OAuth side of a connection.</summary>
public sealed class CredentialsTests(Product product)
{
    /// <summary>How credentials stop working, the code that shows it, and how they are mended in the sandbox.</summary>
    public static TheoryData<string, string> Rejections => new()
    {
        { "webhook replaced", "bitrix24Unauthorized" },
        { "user without rights", "bitrix24Unauthorized" },
        { "no scope", "bitrix24Scope" },
        { "plan without REST", "bitrix24Blocked" },
        { "portal deleted", "bitrix24Blocked" },
        { "portal blocked by hand", "bitrix24Blocked" },
        { "portal renamed", "bitrix24Moved" },
        { "key expired", "callGearUnauthorized" },
        { "address not on the white list", "callGearUnauthorized" },
        { "account inactive", "callGearBlocked" },
    };

    [Theory]
    [MemberData(nameof(Rejections))]
    [Trait("Rule", "R8.9")]
    public async Task RejectedCredentials_AskForAPerson_AndAreTriedAtOnceWhenMended(string way, string code)
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(3)));
        await tenant.ConnectAsync();
        var (portal, account) = (tenant.Portal.Settings, tenant.CallGear.Settings);
        Break(tenant, way);

        var failed = await tenant.SynchronizeAsync();

        Assert.Equal(("failed", code), (failed.Status, failed.Error?.Code));
        var shown = await tenant.AccountAsync();
        Assert.Equal(("actionRequired", code), (shown.Status, shown.Problem?.Code));
        Assert.True(
            shown.NextRunAt > failed.FinishedAt + TimeSpan.FromMinutes(59),
            $"next run at {shown.NextRunAt}, rejected at {failed.FinishedAt}");
        Assert.Equal(3, (await tenant.ResponsibleAsync()).Count);

        // Synchronize always tries.
        var requests = tenant.Requests().Count;
        Assert.Equal("failed", (await tenant.SynchronizeAsync()).Status);
        Assert.True(tenant.Requests().Count > requests || way == "webhook replaced");

        // A person mends it, in the vendor's settings or in the account's, and saves the account.
        (tenant.Portal.Settings, tenant.CallGear.Settings) = way is "webhook replaced" or "portal renamed"
            ? (tenant.Portal.Settings, account)
            : (portal, account);
        var runs = (await tenant.RunsAsync()).Count;
        await tenant.PutAsync();
        var all = await Eventually.GetAsync("saving makes a run", tenant.RunsAsync, list => list.Count > runs && list[0].IsFinished);
        Assert.Equal(("connected", "succeeded", 3), (all[0].Trigger, all[0].Status, all[0].Counts.Matched));
        Assert.Equal(("active", null), ((await tenant.AccountAsync()).Status, (await tenant.AccountAsync()).Problem));
    }

    [Fact]
    [Trait("Rule", "R8.9")]
    public async Task OAuth_ExpiredToken_IsRenewedOnceAndKept()
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(3)));
        await PutOAuthAsync(tenant);
        await tenant.FirstRunAsync("connected");
        tenant.Portal.Tokens.ExpireAccessTokens();

        Assert.Equal("succeeded", (await tenant.SynchronizeAsync()).Status);
        Assert.Equal("succeeded", (await tenant.SynchronizeAsync()).Status);
        Assert.Equal((1, 0), (tenant.Portal.Tokens.Renewals, tenant.Portal.Tokens.PrematureRenewals));

        tenant.Portal.Tokens.ExpireAccessTokens();
        Assert.Equal("succeeded", (await tenant.SynchronizeAsync()).Status);
        Assert.Equal((2, 0), (tenant.Portal.Tokens.Renewals, tenant.Portal.Tokens.PrematureRenewals));
    }

    [Fact]
    [Trait("Rule", "R8.9")]
    public async Task OAuth_Revoked_AsksForAPerson()
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(3)));
        await PutOAuthAsync(tenant);
        await tenant.FirstRunAsync("connected");
        tenant.Portal.Tokens.Revoke();

        var run = await tenant.SynchronizeAsync();

        Assert.Equal(
            ("failed", "bitrix24Unauthorized", "actionRequired"), (run.Status, run.Error?.Code, (await tenant.AccountAsync()).Status));
    }

    [Fact]
    [Trait("Rule", "R8.9")]
    public async Task OAuth_PortalRenamed_GoesOnAtTheAddressThatTheRenewalTells()
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(3)));
        await PutOAuthAsync(tenant);
        await tenant.FirstRunAsync("connected");
        Assert.Null((await tenant.AccountAsync()).Portal);
        Break(tenant, "portal renamed");

        Assert.Equal("succeeded", (await tenant.SynchronizeAsync()).Status);
        Assert.Equal("succeeded", (await tenant.SynchronizeAsync()).Status);

        var shown = await tenant.AccountAsync();
        Assert.Equal(("active", null), (shown.Status, shown.Problem));
        Assert.Equal(tenant.Portal.ClientEndpoint.AbsoluteUri, shown.Bitrix24!.OAuth!.ClientEndpoint);
        Assert.Equal(new PortalIdentity(tenant.Portal.ClientEndpoint.Authority, tenant.Portal.MemberId), shown.Portal);
        Assert.Equal(1, tenant.Portal.Tokens.Renewals);
        Assert.Single(tenant.Requests(), request => request.Status == 302);
        Assert.Equal(3, tenant.CallGear.Employees.Count);
    }

    [Fact]
    [Trait("Rule", "R8.9")]
    public async Task OAuth_PairOfAnotherAccount_IsRefusedByItsName()
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(1)));
        var other = await product.NewTenantAsync(People.Seed(People.Users(1)));
        await PutOAuthAsync(tenant);
        var body = OAuthBody(tenant);
        body["callGear"] = other.Body()["callGear"]!.DeepClone();

        var problem = await (await product.EmbeddedAsync()).Api.SendAsync(
            HttpMethod.Put, other.Path, System.Net.HttpStatusCode.BadRequest, AnswersJson.Default.ProblemAnswer, body);

        var (path, messages) = Assert.Single(problem.Errors!);
        Assert.Equal("bitrix24.oauth.refreshToken", path);
        Assert.Contains(tenant.Id, Assert.Single(messages), StringComparison.Ordinal);
    }

    private async Task PutOAuthAsync(Tenant tenant) => await (await product.EmbeddedAsync()).Api.SendAsync(
        HttpMethod.Put, tenant.Path, System.Net.HttpStatusCode.Created, AnswersJson.Default.Account, OAuthBody(tenant));

    private static JsonObject OAuthBody(Tenant tenant)
    {
        var body = tenant.Body();
        body["bitrix24"] = new JsonObject
        {
            ["edition"] = "cloud",
            ["oauth"] = new JsonObject
            {
                ["clientEndpoint"] = tenant.Portal.ClientEndpoint.AbsoluteUri,
                ["accessToken"] = tenant.Portal.Tokens.AccessToken,
                ["refreshToken"] = tenant.Portal.Tokens.RefreshToken,
            },
        };
        return body;
    }

    private static void Break(Tenant tenant, string way)
    {
        var (portal, account) = (tenant.Portal.Settings, tenant.CallGear.Settings);
        tenant.Portal.Settings = way switch
        {
            "webhook replaced" => portal with { WebhookSecret = "a-new-secret" },
            "portal renamed" => portal with { Host = "127.0.0.2", FormerHost = "127.0.0.1" },
            "user without rights" => portal with { UserAccessDenied = true },
            "no scope" => portal with { Scopes = [] },
            "plan without REST" => portal with { Status = PortalStatus.NoRest },
            "portal deleted" => portal with { Status = PortalStatus.Deleted },
            "portal blocked by hand" => portal with { Status = PortalStatus.Overloaded },
            _ => portal,
        };
        tenant.CallGear.Settings = way switch
        {
            "key expired" => account with { KeyProblem = "access_token_expired" },
            "address not on the white list" => account with { AddressWhitelisted = false },
            "account inactive" => account with { Active = false },
            _ => account,
        };
    }
}
