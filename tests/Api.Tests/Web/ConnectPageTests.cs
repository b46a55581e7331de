using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using OrleansSync.Api.Tests.Hosting;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Api.Tests.Web;

/// <summary>The form that connects an account and changes it, in front of grains that answer late.</summary>
public sealed class ConnectPageTests(SharedApi shared) : IClassFixture<SharedApi>, IAsyncLifetime
{
    private static readonly (string Name, string Value)[] _good =
    [
        ("Form.AccountId", "globex"), ("Form.DisplayName", "Globex"), ("Form.Edition", "Cloud"),
        ("Form.WebhookUrl", "https://globex.bitrix24.com/rest/1/s3cret/"),
        ("Form.BaseUrl", "https://dataapi.callgear.com/v2.0"), ("Form.AccessToken", "key"), ("Form.PhoneNumbers", "First"),
        ("Form.MaxDeletionsPercent", "30"),
    ];

    /// <summary>
    /// Words of the interface for programs and of the operator's settings, which a person who fills in a form does not know.
    /// </summary>
    private static readonly string[] _foreign = ["webhookUrl", "accessToken", "baseUrl", "displayName", "accountId",
        "responsibleGroupId", "OrleansSync__", "next import", "Data access"];

    private readonly TestApi _api = shared.Api;
    private PageVisitor _visitor = null!;

    private ConnectionCheck Check
    {
        set => _api.Grains.Check.Answer = value;
    }

    public async ValueTask InitializeAsync()
    {
        _api.Grains.Reset();
        _api.Grains.Connect("acme");
        _visitor = new PageVisitor(_api);
        await _visitor.SignInAsync(TestApi.AdminKey);
        _api.Grains.Lateness = TimeSpan.FromMilliseconds(50);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Connect_WithWellFilledForm_TriesBothAndStores()
    {
        using var answer = await _visitor.SendFormAsync("/connect", "connect", _good);

        Assert.Equal("/accounts/globex", answer.Headers.Location?.AbsolutePath);
        Assert.Equal("Globex", Assert.Single(_api.Grains.Portal("globex").Connected).DisplayName);
        Assert.Single(_api.Grains.Check.Checked);
    }

    [Fact]
    public async Task Change_OfAnAccount_ShowsItsValuesAndStoresOthers()
    {
        var page = await OpenAsync("/connect?account=acme");
        Assert.Equal("Acme", Field(page, "DisplayName").GetAttribute("value"));
        Assert.Equal("30", Field(page, "MaxDeletionsPercent").GetAttribute("value"));

        using var answer = await _visitor.SendFormAsync(
            "/connect?account=acme",
            "connect",
            With(Kept, ("Form.DisplayName", "Acme Ltd"), ("Form.Paused", "true"), ("Form.MaxDeletionsPercent", "10")));

        Assert.Equal("/accounts/acme/settings?notice=saved", answer.Headers.Location?.PathAndQuery);
        var stored = Assert.Single(_api.Grains.Portal("acme").Connected);
        Assert.Equal(("Acme Ltd", true, 10), (stored.DisplayName, stored.Settings.Paused, stored.Settings.MaxDeletionsPercent));

        // Whoever pauses an account must be able to while its key is refused.
        Assert.Empty(_api.Grains.Check.Checked);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ru-RU")]
    public async Task Form_WithManyMistakes_NamesEachAtItsFieldInTheViewersLanguage(string language)
    {
        _visitor.Language = language;
        var page = await SendAsync(
            "/connect",
            ("Form.AccountId", "No id!"), ("Form.DisplayName", " "), ("Form.WebhookUrl", "https://globex.bitrix24.com/"),
            ("Form.BaseUrl", "http://10.0.0.1/"),
            ("Form.AccessToken", ""), ("Form.UserId", "12a"), ("Form.MaxDeletionsPercent", "many"), ("Form.ResponsibleGroupId", "abc"));

        string[] wrong = ["DisplayName", "AccountId", "WebhookUrl", "BaseUrl", "AccessToken", "UserId", "MaxDeletionsPercent",
            "ResponsibleGroupId"];
        Assert.Equal(wrong, page.QuerySelectorAll("[aria-invalid=true]").Select(field => field.Id!["Form-".Length..]));
        var summary = Assert.Single(page.QuerySelectorAll("[role=alert][tabindex='-1'][autofocus]"));
        Assert.Equal(
            wrong.Select(name => $"/connect#Form-{name}"), summary.QuerySelectorAll("a").Select(link => link.GetAttribute("href")));
        foreach (var name in wrong)
        {
            var message = page.GetElementById(Field(page, name).GetAttribute("aria-describedby")!.Split(' ')[0])!.TextContent;
            Assert.Contains(message, summary.TextContent, StringComparison.Ordinal);
            Assert.Equal(language == "en", message.Any(char.IsAsciiLetter) && !message.Any(IsCyrillic));
        }

        Assert.All(_foreign, word => Assert.DoesNotContain(word, summary.TextContent, StringComparison.Ordinal));
        Assert.Equal(
            ("abc", "12a", "many"), (Value(page, "ResponsibleGroupId"), Value(page, "UserId"), Value(page, "MaxDeletionsPercent")));
        Assert.Empty(_api.Grains.Check.Checked);
    }

    [Fact]
    public async Task Form_WithTheIdOfAConnectedAccount_SaysSoBesideOtherMistakes()
    {
        var page = await SendAsync("/connect", ("Form.AccountId", "acme"), ("Form.DisplayName", ""));

        Assert.Equal(
            ["DisplayName", "AccountId"], page.QuerySelectorAll("[aria-invalid=true]").Select(field => field.Id!["Form-".Length..]));
        Assert.Empty(_api.Grains.Portal("acme").Connected);
    }

    [Theory]
    [InlineData(ProblemCode.CallGearUnauthorized, "AccessToken")]
    [InlineData(ProblemCode.CallGearBlocked, "AccessToken")]
    [InlineData(ProblemCode.RateLimited, "AccessToken")]
    [InlineData(ProblemCode.Rejected, "AccessToken")]
    [InlineData(ProblemCode.AddressRefused, "BaseUrl")]
    [InlineData(ProblemCode.Unreachable, "BaseUrl")]
    [InlineData(ProblemCode.InvalidAnswer, "BaseUrl")]
    public async Task Trial_WhenCallGearFails_SaysAtTheFieldWhatToDoHere(ProblemCode code, string field)
    {
        Check = new ConnectionCheck(new VendorCheck(12, null), new VendorCheck(null, new Problem(code, "Said by CallGear.")));

        foreach (var language in (string[])["en", "ru"])
        {
            _visitor.Language = language;
            var page = await SendAsync("/connect");

            Assert.Equal("Form-" + field, Assert.Single(page.QuerySelectorAll("[aria-invalid=true]")).Id);
            var summary = Assert.Single(page.QuerySelectorAll("[role=alert][autofocus]")).TextContent;
            Assert.Contains("Said by CallGear.", summary, StringComparison.Ordinal);
            Assert.Contains("12", summary, StringComparison.Ordinal);
            Assert.All(
                _foreign.Append("следующий импорт"), word => Assert.DoesNotContain(word, summary, StringComparison.OrdinalIgnoreCase));
        }

        Assert.Empty(_api.Grains.Portal("globex").Connected);
    }

    [Theory]
    [InlineData(ProblemCode.Bitrix24Unauthorized)]
    [InlineData(ProblemCode.Bitrix24Scope)]
    [InlineData(ProblemCode.Bitrix24Blocked)]
    [InlineData(ProblemCode.Unreachable)]
    public async Task Trial_WhenBitrix24Fails_SaysAtTheWebhookWhatToDoHere(ProblemCode code)
    {
        Check = new ConnectionCheck(new VendorCheck(null, new Problem(code, "Said by Bitrix24.")), new VendorCheck(45, null));

        var page = await SendAsync("/connect");

        Assert.Equal("Form-WebhookUrl", Assert.Single(page.QuerySelectorAll("[aria-invalid=true]")).Id);
        var summary = Assert.Single(page.QuerySelectorAll("[role=alert][autofocus]")).TextContent;
        Assert.All(_foreign, word => Assert.DoesNotContain(word, summary, StringComparison.OrdinalIgnoreCase));
        Assert.Empty(_api.Grains.Portal("globex").Connected);
    }

    [Fact]
    public async Task Trial_OfAGroupThatIsNotThere_StoresNothing()
    {
        Check = new ConnectionCheck(
            new VendorCheck(12, null), new VendorCheck(45, null), new Problem(ProblemCode.GroupRejected, "There is no group 7."));

        var page = await SendAsync("/connect", ("Form.ResponsibleGroupId", "7"));

        Assert.Equal("Form-ResponsibleGroupId", Assert.Single(page.QuerySelectorAll("[aria-invalid=true]")).Id);
        Assert.Empty(_api.Grains.Portal("globex").Connected);
    }

    [Fact]
    public async Task Change_OfTheGroupAlone_IsTriedWithTheStoredKey()
    {
        Check = new ConnectionCheck(
            new VendorCheck(null, null), new VendorCheck(45, null), new Problem(ProblemCode.GroupRejected, "There is no group 7."));

        using (var refused = await _visitor.SendFormAsync("/connect?account=acme", "connect", With(Kept, ("Form.ResponsibleGroupId", "7"))))
        {
            Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        }

        Assert.Empty(_api.Grains.Portal("acme").Connected);
        var (tried, owner) = Assert.Single(_api.Grains.Check.Checked);
        Assert.Equal((null, "acme"), (tried.CallGear.AccessToken, owner));
    }

    [Fact]
    public async Task Connect_WhatIsConnectedAlready_AsksFirst()
    {
        Check = new ConnectionCheck(new VendorCheck(12, null), new VendorCheck(45, null), ConnectedAs: "acme");

        var page = await SendAsync("/connect");

        Assert.NotNull(page.QuerySelector("[role=alert] a[href='accounts/acme']"));
        Assert.Empty(_api.Grains.Portal("globex").Connected);
        Assert.NotNull(page.QuerySelector("input[name='Form.Again']"));
        using var again = await _visitor.SendFormAsync("/connect", "connect", With(_good, ("Form.Again", "true")));
        Assert.Equal("/accounts/globex", again.Headers.Location?.AbsolutePath);
        Assert.Single(_api.Grains.Portal("globex").Connected);
    }

    [Fact]
    public async Task Form_AfterAFailedTrial_KeepsTheSecretsProtected()
    {
        Check = new ConnectionCheck(new VendorCheck(12, null), new VendorCheck(null, new Problem(ProblemCode.CallGearUnauthorized, "No.")));
        var page = await SendAsync("/connect");
        var kept = page.QuerySelector("input[name=Kept]")!.GetAttribute("value")!;
        Assert.DoesNotContain("s3cret", page.Source.Text, StringComparison.Ordinal);

        Check = new ConnectionCheck(new VendorCheck(12, null), new VendorCheck(45, null));
        using var answer = await _visitor.SendFormAsync(
            "/connect", "connect", With(_good, ("Form.WebhookUrl", ""), ("Form.AccessToken", ""), ("Kept", kept)));

        Assert.Equal("/accounts/globex", answer.Headers.Location?.AbsolutePath);
    }

    private static (string Name, string Value)[] Kept =>
        With(_good, ("Form.AccountId", "acme"), ("Form.DisplayName", "Acme"), ("Form.WebhookUrl", ""), ("Form.AccessToken", ""));

    private static (string Name, string Value)[] With((string Name, string Value)[] fields, params (string Name, string Value)[] changes) =>
        [.. fields.Where(field => !changes.Any(change => change.Name == field.Name)), .. changes];

    private static IElement Field(IDocument page, string name) => page.GetElementById("Form-" + name)!;

    private static string? Value(IDocument page, string name) => Field(page, name).GetAttribute("value");

    private static bool IsCyrillic(char letter) => letter is >= '\u0400' and <= '\u04ff';

    private async Task<IDocument> OpenAsync(string address) => Parse(await _visitor.GetTextAsync(address));

    private async Task<IDocument> SendAsync(string address, params (string Name, string Value)[] changes)
    {
        using var answer = await _visitor.SendFormAsync(address, "connect", With(_good, changes));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static IDocument Parse(string html) => new HtmlParser().ParseDocument(html);
}
