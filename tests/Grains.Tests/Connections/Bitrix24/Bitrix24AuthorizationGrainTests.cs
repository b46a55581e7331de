using Microsoft.AspNetCore.WebUtilities;
using OrleansSync.Grains.Connections;
using OrleansSync.Grains.Connections.Authorizations;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Tests.Connections.Cluster;
using OrleansSync.Sandbox.Bitrix24;
using OrleansSync.Sandbox.Faults;

namespace OrleansSync.Grains.Tests.Connections.Bitrix24;

/// <summary>A person's consent, from its beginning to tokens that can be stored.</summary>
public sealed class Bitrix24AuthorizationGrainTests(ConnectionCluster cluster) : ConnectionTests(cluster)
{
    private const string Session = "the hash of a sign-in";

    [Fact]
    public async Task Complete_WithConsent_GivesTokensThatOnlyTheAccountCanOpen()
    {
        var (grain, portal, account) = await BeginAsync("consent-granted");

        var answer = await grain.CompleteAsync(Session, await ConsentAsync(portal), Token);

        Assert.Equal((AuthorizationOutcome.Granted, account), (answer.Outcome, answer.AccountId));
        var access = answer.Connection!.Bitrix24;
        Assert.Equal(
            (portal.Tokens.AccessToken, portal.Tokens.RefreshToken),
            (Cluster.Secrets.Open(account, access.AccessToken!), Cluster.Secrets.Open(account, access.RefreshToken!)));
    }

    [Fact]
    public async Task Complete_OfAnotherSignIn_IsUnknownAndTheFirstCanStillFinish()
    {
        var (grain, portal, _) = await BeginAsync("consent-of-another");
        var code = await ConsentAsync(portal);

        Assert.Equal(AuthorizationOutcome.Unknown, (await grain.CompleteAsync("another sign-in", code, Token)).Outcome);
        Assert.Equal(AuthorizationOutcome.Granted, (await grain.CompleteAsync(Session, code, Token)).Outcome);
    }

    [Fact]
    public async Task Complete_ASecondTime_IsUnknown()
    {
        var (grain, portal, _) = await BeginAsync("consent-twice");
        await grain.CompleteAsync(Session, await ConsentAsync(portal), Token);

        Assert.Equal(AuthorizationOutcome.Unknown, (await grain.CompleteAsync(Session, await ConsentAsync(portal), Token)).Outcome);
    }

    [Fact]
    public async Task Complete_TooLate_IsUnknown()
    {
        var (grain, portal, _) = await BeginAsync("consent-late");

        await Cluster.DriveAsync(WaitAsync(Bitrix24AuthorizationGrain.Lifetime), Bitrix24AuthorizationGrain.Lifetime);

        Assert.Equal(AuthorizationOutcome.Unknown, (await grain.CompleteAsync(Session, await ConsentAsync(portal), Token)).Outcome);
    }

    [Fact]
    public async Task Complete_NeverBegun_IsUnknown() =>
        Assert.Equal(AuthorizationOutcome.Unknown, (await Grain("consent-never").CompleteAsync(Session, code: null, Token)).Outcome);

    [Fact]
    public async Task Complete_WithoutConsent_IsDeniedAndOver()
    {
        var (grain, _, account) = await BeginAsync("consent-denied");

        Assert.Equal(new AuthorizationAnswer(AuthorizationOutcome.Denied, account), await grain.CompleteAsync(Session, code: null, Token));
        Assert.Equal(AuthorizationOutcome.Unknown, (await grain.CompleteAsync(Session, code: null, Token)).Outcome);
    }

    [Fact]
    public async Task Complete_WithConsentOfAnotherPortal_KeepsNothing()
    {
        var (grain, _, account) = await BeginAsync("consent-here");
        var other = Cluster.Sandbox.PutPortal("consent-there");

        Assert.Equal(
            new AuthorizationAnswer(AuthorizationOutcome.AnotherPortal, account),
            await grain.CompleteAsync(Session, await ConsentAsync(other), Token));
    }

    [Fact]
    public async Task Complete_WithACodeThatIsNone_IsRefused()
    {
        var (grain, _, _) = await BeginAsync("consent-no-code");

        var answer = await grain.CompleteAsync(Session, Cluster.Secrets.Protect(AccountSecrets.NoAccount, "no-code"), Token);

        Assert.Equal((AuthorizationOutcome.Refused, ProblemCode.Bitrix24Unauthorized), (answer.Outcome, answer.Problem!.Code));
        Assert.Null(answer.Connection);
    }

    [Fact]
    public async Task Complete_WhenTheExchangeIsLost_IsRefusedAsUnreachable()
    {
        var (grain, portal, _) = await BeginAsync("consent-lost");
        using var lost = Cluster.Sandbox.Faults.Add(new Fault { Kind = FaultKind.Drop, Target = portal.Id, Method = "oauth.token" });

        var answer = await grain.CompleteAsync(Session, await ConsentAsync(portal), Token);

        Assert.Equal((AuthorizationOutcome.Refused, ProblemCode.Unreachable), (answer.Outcome, answer.Problem!.Code));
    }

    private IBitrix24AuthorizationGrain Grain(string name) =>
        Cluster.Grains.GetGrain<IBitrix24AuthorizationGrain>(GrainKeys.Authorization(name));

    private async Task<(IBitrix24AuthorizationGrain Grain, BitrixPortal Portal, string Account)> BeginAsync(string name)
    {
        var portal = Cluster.Sandbox.PutPortal(name);
        _ = OrleansSync.Bitrix24.Credentials.ClientEndpoint.TryParse(portal.ClientEndpoint.AbsoluteUri, out var endpoint);
        var access = Cluster.OAuthAccess(name, portal) with { PortalKey = endpoint!.PortalKey, AccessToken = null, RefreshToken = null };
        var connection = new AccountConnection
        {
            DisplayName = name,
            Bitrix24 = access,
            CallGear = new CallGearAccess { BaseUrl = "https://dataapi.callgear.com/v2.0" },
            Settings = AccountSettings.Default,
        };
        await Grain(name).BeginAsync(new PendingAuthorization(name, connection, Session));
        return (Grain(name), portal, name);
    }

    private async Task<bool> WaitAsync(TimeSpan time)
    {
        await Task.Delay(time, Cluster.Time, Token);
        return true;
    }

    /// <summary>Says yes on the portal's page; answers the code that it sends back.</summary>
    private async Task<ProtectedText> ConsentAsync(BitrixPortal portal)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var page = new Uri(
            portal.ClientEndpoint, $"../oauth/authorize/?client_id={Cluster.OAuth.ClientId}&response_type=code&"
                + "redirect_uri=http%3A%2F%2F127.0.0.1%2Fback&state=s");
        using var choice = new FormUrlEncodedContent([KeyValuePair.Create("choice", "allow")]);
        using var answer = await http.PostAsync(page, choice, Token);
        return Cluster.Secrets.Protect(AccountSecrets.NoAccount, QueryHelpers.ParseQuery(answer.Headers.Location!.Query)["code"]!);
    }
}
