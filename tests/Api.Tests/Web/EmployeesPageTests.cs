using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using OrleansSync.Api.Tests.Hosting;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Employees;

namespace OrleansSync.Api.Tests.Web;

/// <summary>The list of an account's employees: what its addresses show, and that all that is chosen stays chosen.</summary>
public sealed class EmployeesPageTests(SharedApi shared) : IClassFixture<SharedApi>, IAsyncLifetime
{
    private const string Path = "/accounts/acme/employees";

    private readonly TestApi _api = shared.Api;
    private ScriptedPortal _portal = null!;
    private PageVisitor _visitor = null!;

    public async ValueTask InitializeAsync()
    {
        _api.Grains.Reset();
        _portal = _api.Grains.Connect("acme");
        _portal.EmployeePage = new Page<EmployeeRow>(
            [
                .. Enumerable.Range(1, 120).Select(user => Samples.Employee(user, $"Ann {user:000}")),
                .. Enumerable.Range(121, 3).Select(user => Skipped(user, ProblemCode.MissingEmail)), Skipped(124, ProblemCode.EmailTaken),
            ],
            null);
        _visitor = new PageVisitor(_api);
        await _visitor.SignInAsync(_api.KeyOf("acme"));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("", 1, 50, "1–50 of 124")]
    [InlineData("?page=3", 101, 24, "101–124 of 124")]
    [InlineData("?page=99", 101, 24, "101–124 of 124")]
    [InlineData("?page=-1", 1, 50, "1–50 of 124")]
    [InlineData("?outcome=skipped", 121, 4, "1–4 of 4")]
    [InlineData("?outcome=skipped&reason=emailTaken", 124, 1, "1–1 of 1")]
    [InlineData("?query=%20ann%20011", 11, 1, "1–1 of 1")]
    public async Task List_AtEachAddress_ShowsThatStretch(string query, int first, int rows, string shown)
    {
        var page = await OpenAsync(Path + query);

        var ids = page.QuerySelectorAll("tbody tr").Select(row => row.Id).ToList();
        Assert.Equal(Enumerable.Range(first, rows).Select(user => $"row-{user}"), ids);
        Assert.Equal(shown, page.QuerySelector(".table-foot .num")!.TextContent);
        Assert.All(_portal.EmployeeStretches.Where(stretch => stretch.Take > 0), stretch => Assert.Equal(50, stretch.Take));
    }

    [Fact]
    public async Task WholeList_IsOneLinkAway_AsToBePrinted()
    {
        var offered = (await OpenAsync(Path + "?query=ann")).QuerySelector(".table-foot > a")!.GetAttribute("href");
        Assert.Equal("accounts/acme/employees?query=ann&rows=all", offered);

        var page = await OpenAsync("/" + offered);

        Assert.Equal(120, page.QuerySelectorAll("tbody tr").Length);
        Assert.Null(page.QuerySelector(".pager"));
    }

    [Fact]
    public async Task Filters_CountEverybodyAndKeepTheSearch()
    {
        var page = await OpenAsync(Path + "?query=ann&outcome=matched");

        var filters = page.QuerySelectorAll(".filters a").ToList();
        Assert.Equal(["All 124", "Imported 120", "Not imported 4"], filters.Select(filter => filter.TextContent.Trim()));
        Assert.Equal(
            ["accounts/acme/employees?query=ann", "accounts/acme/employees?query=ann&outcome=matched",
                "accounts/acme/employees?query=ann&outcome=skipped"],
            filters.Select(filter => filter.GetAttribute("href")));
        Assert.Equal("Imported 120", Assert.Single(filters, filter => filter.HasAttribute("aria-current")).TextContent.Trim());
        Assert.Equal("matched", page.QuerySelector("form[role=search] input[name=outcome]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Reasons_OfAnOutcome_CanBeChosen()
    {
        var page = await OpenAsync(Path + "?outcome=skipped&reason=emailTaken");

        var options = page.QuerySelectorAll("select[name=reason] option").ToList();
        Assert.Equal(["", "missingEmail", "emailTaken"], options.Select(option => option.GetAttribute("value")));
        Assert.Equal("emailTaken", Assert.Single(options, option => option.HasAttribute("selected")).GetAttribute("value"));
    }

    [Fact]
    public async Task Panel_OfAnEmployee_ClosesToItsNameInTheSameList()
    {
        _portal.Employee = new EmployeeDetails(Samples.Employee(60, "Ann 060"), []);

        var page = await OpenAsync(Path + "?query=ann&page=2&user=60");

        Assert.Equal("Ann 060", page.GetElementById("panel-title")!.TextContent);
        Assert.Equal("true", page.GetElementById("person-60")!.GetAttribute("aria-expanded"));
        Assert.Equal("accounts/acme/employees?query=ann&page=2#person-60", page.QuerySelector("[data-escape]")!.GetAttribute("href"));
        Assert.Equal(
            "accounts/acme/employees?query=ann&user=61&page=2", page.QuerySelector("#row-61 .name")!.GetAttribute("href"));
    }

    [Theory]
    [InlineData("?query=nobody")]
    [InlineData("?outcome=deleted")]
    public async Task List_InWhichNothingIsFound_LeadsBackToAll(string query)
    {
        var page = await OpenAsync(Path + query);

        Assert.Contains("No results", page.QuerySelector(".empty")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("accounts/acme/employees", page.QuerySelector(".empty a.btn")!.GetAttribute("href"));
    }

    private static EmployeeRow Skipped(long user, ProblemCode code) =>
        Samples.Employee(user, $"Bob {user}", EmployeeOutcome.Skipped) with { Reason = new Problem(code, "Said by the import.") };

    private async Task<IDocument> OpenAsync(string address) => new HtmlParser().ParseDocument(await _visitor.GetTextAsync(address));
}
