using OrleansSync.Api.Tests.Hosting;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Directory;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Api.Tests.Accounts;

public sealed class AccountListTests : IAsyncLifetime
{
    private TestApi _api = null!;

    public async ValueTask InitializeAsync() => _api = await TestApi.StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task List_PageByPage_AnswersEveryAccountOnceInOrdinalOrder()
    {
        string[] ids = ["z", "a.b", "a-b", "a_b", "0", "a0", "b", "acme", "a"];
        foreach (var id in ids)
        {
            _api.Grains.Connect(id);
        }

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await _api.GetAsync($"/api/v1/accounts?limit=2{(cursor is null ? "" : "&cursor=" + cursor)}");
            Assert.InRange(page.Json["items"]!.AsArray().Count, 1, 2);
            seen.AddRange(page.Json["items"]!.AsArray().Select(item => (string)item!["accountId"]!));
            cursor = (string?)page.Json["nextCursor"];
        }
        while (cursor is not null);

        Assert.Equal(ids.Order(StringComparer.Ordinal), seen);
    }

    [Fact]
    public async Task List_LastPageExactlyFull_HasNoNextCursor()
    {
        _api.Grains.Connect("a");
        _api.Grains.Connect("b");

        var page = await _api.GetAsync("/api/v1/accounts?limit=2");

        Assert.Equal(2, page.Json["items"]!.AsArray().Count);
        Assert.True(page.Json.AsObject().ContainsKey("nextCursor"));
        Assert.Null(page.Json["nextCursor"]);
    }

    [Theory]
    [InlineData("?status=held", "b")]
    [InlineData("?query=WIDGET", "c")]
    [InlineData("?query=b", "b")]
    [InlineData("?query=zzz", "")]
    [InlineData("?status=held&query=a", "")]
    [InlineData("?problem=somethingElse", "")]
    [InlineData("?problem=BITRIX24SCOPE", "")]
    [InlineData("?problem=", "a,b,c")]
    [InlineData("?unknown=1", "a,b,c")]
    [InlineData("?status=&query=&cursor=", "a,b,c")]
    [InlineData("", "a,b,c")]
    public async Task List_Filtered_AnswersThoseThatFit(string query, string expected)
    {
        _api.Grains.Connect("a");
        _api.Grains.Connect("b");
        _api.Grains.Directory.Entries["b"] = new DirectoryEntry("b", "Other", AccountStatus.Held, "other.example");
        _api.Grains.Connect("c", "The Widget Company");

        var page = await _api.GetAsync("/api/v1/accounts" + query);

        Assert.Equal(expected, string.Join(',', page.Json["items"]!.AsArray().Select(item => (string)item!["accountId"]!)));
    }

    [Theory]
    [InlineData("?limit=0", "limit")]
    [InlineData("?limit=201", "limit")]
    [InlineData("?limit=ten", "limit")]
    [InlineData("?limit=1&limit=2", "limit")]
    [InlineData("?limit=%2B5", "limit")]
    [InlineData("?limit=", "limit")]
    [InlineData("?query=a&query=b", "query")]
    [InlineData("?status=0", "status")]
    [InlineData("?status=Held", "status")]
    [InlineData("?status=broken", "status")]
    [InlineData("?cursor=garbage", "cursor")]
    [InlineData("?cursor=!!", "cursor")]
    public async Task List_BadParameter_Answers400NamingIt(string query, string name)
    {
        var answer = await _api.GetAsync("/api/v1/accounts" + query);

        answer.AssertProblem(400, "invalidRequest");
        Assert.Equal([name], answer.ErrorPaths);
    }

    [Fact]
    public async Task List_AccountGoneSinceTheDirectoryWasRead_IsLeftOut()
    {
        _api.Grains.Connect("a");
        _api.Grains.Connect("b").Account = null;

        var page = await _api.GetAsync("/api/v1/accounts");

        Assert.Equal("a", (string?)Assert.Single(page.Json["items"]!.AsArray())!["accountId"]);
    }

    [Fact]
    public async Task List_AnyPage_AsksForNoMoreThanThePageAndOne()
    {
        _api.Grains.Connect("a");
        _api.Grains.Connect("b");

        await _api.GetAsync("/api/v1/accounts?limit=1&status=active&query=a");

        Assert.Equal((new AccountQuery(AccountStatus.Active, Query: "a"), 2), Assert.Single(_api.Grains.Directory.Asked));
        Assert.DoesNotContain(GrainKeys.Account("b"), _api.Grains.Touched);
    }

    [Theory]
    [InlineData("?status=active&query=ACM", true)]
    [InlineData("?status=held", false)]
    [InlineData("?query=zzz", false)]
    public async Task List_WithAnAccountsKeyAndAFilter_AnswersThatAccountIfItFits(string query, bool fits)
    {
        _api.Grains.Connect("a");

        var page = await _api.GetAsync("/api/v1/accounts" + query, _api.KeyOf("a"));

        Assert.Equal(fits ? 1 : 0, page.Json["items"]!.AsArray().Count);
        Assert.Empty(_api.Grains.Directory.Asked);
    }

    [Fact]
    public async Task List_WithAnAccountsKeyBehindThatAccount_IsEmpty()
    {
        _api.Grains.Connect("a");
        _api.Grains.Connect("b");
        var first = await _api.GetAsync("/api/v1/accounts?limit=1");

        var page = await _api.GetAsync("/api/v1/accounts?cursor=" + (string?)first.Json["nextCursor"], _api.KeyOf("a"));

        Assert.Empty(page.Json["items"]!.AsArray());
    }

    [Fact]
    public async Task List_WithAnAccountsKey_AnswersThatAccountAlone()
    {
        _api.Grains.Connect("a");
        _api.Grains.Connect("b");

        var page = await _api.GetAsync("/api/v1/accounts", _api.KeyOf("b"));

        Assert.Equal("b", (string?)Assert.Single(page.Json["items"]!.AsArray())!["accountId"]);
    }
}
