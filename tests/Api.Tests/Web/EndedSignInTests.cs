using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using OrleansSync.Api.Tests.Hosting;

namespace OrleansSync.Api.Tests.Web;

/// <summary>
/// A button that is pressed after the sign-in has ended: its form is lost, and the way leads back to the page it stands on.
/// </summary>
public sealed class EndedSignInTests(SharedApi shared) : IClassFixture<SharedApi>, IAsyncLifetime
{
    private readonly TestApi _api = shared.Api;
    private PageVisitor _visitor = null!;

    public async ValueTask InitializeAsync()
    {
        _api.Grains.Reset();
        _api.Grains.Connect("acme");
        _visitor = new PageVisitor(_api);
        await _visitor.SignInAsync(TestApi.AdminKey);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("/accounts/acme/settings", "/accounts/acme/synchronize")]
    [InlineData("/accounts/acme", "/accounts/acme/synchronize")]
    [InlineData("/accounts/acme/history/run-9?page=2", "/accounts/acme/history/run-9/approve")]
    [InlineData("/accounts/acme/responsible?query=lee&notice=saved", "/accounts/acme/responsible/7")]
    [InlineData("/accounts?query=a", "/sign-out")]
    [InlineData("/operation", "/preferences")]
    public async Task Form_AfterTheSignInHasEnded_LeadsBackToItsPage(string page, string target)
    {
        var token = await _visitor.TokenAsync("/accounts/acme");
        _visitor.LoseSignIn();

        using var answer = await _visitor.PostAsync($"{target}?page={Uri.EscapeDataString(page)}", token, ("responsible", "false"));

        await AssertLeadsBackAsync(answer, page.Split('?')[0]);
        Assert.Empty(_api.Grains.Portal("acme").Requested);
        Assert.Empty(_api.Grains.Portal("acme").Approved);
        Assert.Empty(_api.Grains.Portal("acme").SetResponsible);
    }

    [Fact]
    public async Task ConnectForm_AfterTheSignInHasEnded_LeadsBackToIt()
    {
        var token = await _visitor.TokenAsync("/connect?account=acme");
        _visitor.LoseSignIn();

        using var answer = await _visitor.PostAsync("/connect?account=acme", token, ("_handler", "connect"), ("Form.DisplayName", "Other"));

        await AssertLeadsBackAsync(answer, "/connect");
        Assert.Empty(_api.Grains.Portal("acme").Connected);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("")]
    public async Task Form_ThatNamesNoPageOfOurs_LeadsToTheFirstPage(string page)
    {
        _visitor.LoseSignIn();

        using var answer = await _visitor.PostAsync($"/accounts/acme/synchronize?page={Uri.EscapeDataString(page)}", token: null);

        Assert.StartsWith(
            "/?notice=",
            QueryHelpers.ParseQuery(new Uri(_api.Client.BaseAddress!, answer.Headers.Location!).Query)["returnUrl"].ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_ThatNamesNoPage_LeadsToItsAccount()
    {
        _visitor.LoseSignIn();

        using var answer = await _visitor.PostAsync("/accounts/acme/synchronize", token: null);

        Assert.Equal(
            "/accounts/acme?notice=nothingStarted",
            QueryHelpers.ParseQuery(new Uri(_api.Client.BaseAddress!, answer.Headers.Location!).Query)["returnUrl"].ToString());
    }

    [Fact]
    public async Task Page_AfterTheSignInHasEnded_IsWhereOneComesBackTo()
    {
        _visitor.LoseSignIn();

        using var answer = await _visitor.GetAsync("/accounts/acme/history?x=1");

        Assert.Equal("/sign-in?returnUrl=%2Faccounts%2Facme%2Fhistory%3Fx%3D1", answer.Headers.Location!.PathAndQuery);
    }

    private async Task AssertLeadsBackAsync(HttpResponseMessage answer, string page)
    {
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var signIn = new Uri(_api.Client.BaseAddress!, answer.Headers.Location!);
        Assert.Equal("/sign-in", signIn.AbsolutePath);
        Assert.Contains("nothing was started", await _visitor.GetTextAsync(signIn.PathAndQuery), StringComparison.Ordinal);

        // As the form of the sign-in sends it on.
        var back = QueryHelpers.ParseQuery(signIn.Query)["returnUrl"].ToString();
        using var signedIn = await _visitor.PostAsync(
            "/sign-in", await _visitor.TokenAsync(signIn.PathAndQuery), ("key", TestApi.AdminKey), ("returnUrl", back));
        var location = signedIn.Headers.Location!.OriginalString;
        Assert.Equal(
            (page, "nothingStarted"), (location.Split('?')[0], QueryHelpers.ParseQuery(location.Split('?')[1])["notice"].ToString()));
        if (page != "/operation" && page != "/accounts" && !page.Contains("run-9", StringComparison.Ordinal))
        {
            Assert.Contains(
                "You are signed in again; nothing was started.", await _visitor.GetTextAsync(location), StringComparison.Ordinal);
        }
    }
}
