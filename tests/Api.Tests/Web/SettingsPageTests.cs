using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using OrleansSync.Api.Tests.Hosting;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Keys;

namespace OrleansSync.Api.Tests.Web;

/// <summary>The forms of an account's settings, its keys and its end.</summary>
public sealed class SettingsPageTests(SharedApi shared) : IClassFixture<SharedApi>, IAsyncLifetime
{
    private const string Address = "/accounts/acme/settings";

    private static readonly AccountSettings _before = AccountSettings.Default with
    {
        PhoneNumbers = PhoneNumberChoice.All,
        FillMissingPhones = true,
        MaxDeletionsPercent = 10,
        ResponsibleGroupId = 7,
        Paused = true,
    };

    private readonly TestApi _api = shared.Api;
    private ScriptedPortal _portal = null!;
    private PageVisitor _visitor = null!;

    public static TheoryData<string, string[], AccountSettings> Sections => new()
    {
        {
            "numbers", ["Form.PhoneNumbers=First"],
            _before with { PhoneNumbers = PhoneNumberChoice.First, FillMissingPhones = false }
        },
        { "schedule", ["Form.MaxDeletionsPercent=45"], _before with { Paused = false, MaxDeletionsPercent = 45 } },
        { "schedule", ["Form.Paused=true", "Form.MaxDeletionsPercent=0"], _before with { MaxDeletionsPercent = 0 } },
        { "responsible", ["Form.ResponsibleGroupId= 12 "], _before with { ResponsibleGroupId = 12 } },
        { "responsible", ["Form.ResponsibleGroupId="], _before with { ResponsibleGroupId = null } },
    };

    private AccountSettings Stored => _portal.Account!.Connection.Settings;

    public async ValueTask InitializeAsync()
    {
        _api.Grains.Reset();
        _portal = _api.Grains.Connect("acme");
        _portal.Account = _portal.Account! with { Connection = Samples.Connection with { Settings = _before } };
        _visitor = new PageVisitor(_api);
        await _visitor.SignInAsync(TestApi.AdminKey);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [MemberData(nameof(Sections))]
    public async Task Save_OfASection_StoresItsSettingsAndLeavesTheOthers(string section, string[] fields, AccountSettings expected)
    {
        // An account's administrators may.
        _visitor = new PageVisitor(_api);
        await _visitor.SignInAsync(_api.KeyOf("acme"));

        using var answer = await SaveAsync(section, fields);

        Assert.Equal($"{Address}?notice=saved#{section}", answer.Headers.Location?.PathAndQuery + answer.Headers.Location?.Fragment);
        Assert.Equal(expected, Stored);
        Assert.Equal("settings.changed", Assert.Single(_api.Grains.AuditOf("acme").Entries).Action);
        Assert.Empty(_portal.Requested);
    }

    [Theory]
    [InlineData("schedule", "MaxDeletionsPercent", "many", "A whole number from 0 to 100.")]
    [InlineData("schedule", "MaxDeletionsPercent", "101", "A whole number from 0 to 100.")]
    [InlineData("schedule", "MaxDeletionsPercent", "-1", "A whole number from 0 to 100.")]
    [InlineData("responsible", "ResponsibleGroupId", "0", "A whole number above 0, or blank.")]
    [InlineData("responsible", "ResponsibleGroupId", "99999999999999999999", "A whole number above 0, or blank.")]
    public async Task Save_WithAMistake_SaysItAtItsFieldAndStoresNothing(string section, string name, string value, string mistake)
    {
        using var answer = await SaveAsync(section, $"Form.{name}={value}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = await ParseAsync(answer);
        var field = Assert.Single(page.QuerySelectorAll("[aria-invalid=true]"));
        Assert.Equal(($"Form.{name}", value), (field.GetAttribute("name"), field.GetAttribute("value")));
        Assert.Equal(mistake, page.GetElementById(field.GetAttribute("aria-describedby")!.Split(' ')[0])!.TextContent.Trim());
        Assert.Equal(_before, Stored);
    }

    [Fact]
    public async Task Save_WithAMistake_ShowsTheOtherSectionsAsTheyAreStored()
    {
        using var answer = await SaveAsync("schedule", "Form.MaxDeletionsPercent=many");

        var page = await ParseAsync(answer);
        Assert.Equal("7", page.QuerySelector("[name='Form.ResponsibleGroupId']")!.GetAttribute("value"));
        Assert.Equal("All", page.QuerySelector("#phone-numbers option[selected]")!.GetAttribute("value"));
        Assert.True(page.GetElementById("set-FillMissingPhones")!.HasAttribute("checked"));

        // What was sent with it stays as it was sent.
        Assert.False(page.GetElementById("set-Paused")!.HasAttribute("checked"));
    }

    [Fact]
    public async Task Keys_AreMadeShownOnceListedAndRevoked()
    {
        using var made = await _visitor.SendFormAsync(Address, "key");

        var key = Assert.Single(_api.Grains.KeysOf("acme").Stored);
        var notice = Assert.Single((await ParseAsync(made)).QuerySelectorAll("[role=alert]"));
        var shown = notice.QuerySelector("code")!.TextContent;
        Assert.StartsWith("osk_", shown, StringComparison.Ordinal);
        Assert.Equal(shown, notice.QuerySelector("[data-copies]")!.GetAttribute("data-copies"));
        Assert.True(made.Headers.CacheControl?.NoStore);
        var byKey = new PageVisitor(_api);
        await byKey.SignInAsync(shown);

        var page = await OpenAsync();
        Assert.DoesNotContain(shown, page.Source.Text, StringComparison.Ordinal);
        var row = Assert.Single(page.QuerySelectorAll("#keys tbody tr"));
        Assert.Contains(key.KeyId, row.TextContent, StringComparison.Ordinal);
        Assert.Contains("Operator", row.TextContent, StringComparison.Ordinal);

        var target = row.QuerySelector("form")!.GetAttribute("action")!;
        using var revoked = await _visitor.PostAsync("/" + target, await _visitor.TokenAsync(Address));
        Assert.Equal($"{Address}?notice=keyRevoked#keys", revoked.Headers.Location?.OriginalString);
        Assert.Empty(_api.Grains.KeysOf("acme").Stored);
        Assert.Equal(["key.created", "key.revoked"], _api.Grains.AuditOf("acme").Entries.Select(entry => entry.Action));
    }

    [Fact]
    public async Task Keys_AsManyAsThereMayBe_AreNotMade()
    {
        _api.Grains.KeysOf("acme").NextAdd = AddKeyOutcome.TooMany;

        using var answer = await _visitor.SendFormAsync(Address, "key");

        Assert.Equal($"{Address}?notice=tooManyKeys", answer.Headers.Location?.PathAndQuery);
        Assert.Contains("No key was created", await _visitor.GetTextAsync(Address + "?notice=tooManyKeys"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Administrator_OfTheAccountAlone_SeesNoKeysAndCannotMakeOrDisconnect()
    {
        _visitor = new PageVisitor(_api);
        await _visitor.SignInAsync(_api.KeyOf("acme"));

        var page = await OpenAsync();
        using var answer = await _visitor.SendFormAsync(Address, "key");

        Assert.Null(page.GetElementById("keys"));
        Assert.Null(page.GetElementById("leave"));
        Assert.NotNull(page.GetElementById("schedule"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Single(_api.Grains.KeysOf("acme").Stored);
    }

    [Theory]
    [InlineData("acme", true)]
    [InlineData(" acme ", true)]
    [InlineData("Acme", false)]
    [InlineData("acm", false)]
    [InlineData("", false)]
    public async Task Disconnect_WhatWasTyped_MustBeTheAccountsId(string typed, bool isGone)
    {
        using var answer = await _visitor.PostAsync(
            "/accounts/acme/disconnect", await _visitor.TokenAsync(Address), ("typed", typed));

        Assert.Equal(isGone, _portal.Account is null);
        Assert.Equal(
            isGone ? "/accounts?notice=disconnected" : $"{Address}?notice=wrongName#leave", answer.Headers.Location?.OriginalString);
    }

    private Task<HttpResponseMessage> SaveAsync(string section, params string[] fields) => _visitor.SendFormAsync(
        Address, section, [("Form.Section", section), .. fields.Select(field => field.Split('=')).Select(field => (field[0], field[1]))]);

    private async Task<IDocument> OpenAsync() => new HtmlParser().ParseDocument(await _visitor.GetTextAsync(Address));

    private static async Task<IDocument> ParseAsync(HttpResponseMessage answer) =>
        new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
}
