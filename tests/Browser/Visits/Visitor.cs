using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace OrleansSync.Browser.Visits;

/// <summary>Somebody with a browser. Notes whatever goes wrong in it.</summary>
public sealed class Visitor : IAsyncDisposable
{
    /// <summary>What the browser says of requests while the service is away, or only a proxy before it answers.</summary>
    private static readonly string[] _ofALostService = ["ERR_CONNECTION", "ERR_EMPTY_RESPONSE", "status of 502"];

    private readonly IBrowserContext _context;
    private readonly List<string> _faults = [];

    public Visitor(IBrowserContext context, IPage page, Uri address)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !IsExpected(message.Text))
            {
                Note($"{message.Type} at {page.Url}: {message.Text}");
            }
        };
        page.PageError += (_, error) => Note($"script at {page.Url}: {error}");
        context.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(address.AbsoluteUri, StringComparison.Ordinal)
                && (AlsoVisits is null || !request.Url.StartsWith(AlsoVisits.AbsoluteUri, StringComparison.Ordinal))
                && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                Note($"request to another host at {page.Url}: {request.Url}");
            }
        };
    }

    public IPage Page { get; }

    /// <summary>Another site that the visitor is sent to and knows of it; null for none.</summary>
    public Uri? AlsoVisits { get; set; }

    /// <summary>Whether the test takes the service away, so that requests fail until it is back.</summary>
    public bool IsServiceGone { get; set; }

    /// <summary>A status that the test asked for on purpose; the browser's console tells of it.</summary>
    public int ExpectedStatus { get; set; }

    /// <summary>Has the pages' clocks in hand, so that nobody has to wait for them.</summary>
    public Task HoldTimeAsync() => Page.Clock.InstallAsync();

    /// <summary>Lets as much time pass as an open page waits at most before it is looked at anew.</summary>
    public Task LetTimePassAsync() => Page.Clock.FastForwardAsync(61_000);

    /// <summary>Signs in on the way to a page, in whatever language the pages are.</summary>
    public async Task SignInAsync(string key, string address = "./")
    {
        await Page.GotoAsync(address);
        await Page.Locator("#key").FillAsync(key);
        await Page.Locator("form[action='sign-in'] button").ClickAsync();
        await SeeSignedInAsync();
    }

    /// <summary>Waits for the menu that only those have who are signed in.</summary>
    public Task SeeSignedInAsync() =>
        Page.Locator("form[action^='sign-out']").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });

    /// <summary>Opens the menu in which people sign out, and choose the language and the colours.</summary>
    public Task OpenMenuAsync() => Page.Locator(".bar-menu > summary").ClickAsync();

    /// <summary>Signs out by the menu.</summary>
    public async Task SignOutAsync()
    {
        await OpenMenuAsync();
        await PressAsync("Sign out");
        await Page.GetByLabel("Key", new PageGetByLabelOptions { Exact = true }).WaitForAsync();
    }

    /// <summary>Chooses a theme or a language in the menu, and waits until the page has it.</summary>
    public async Task ChooseAsync(string value, string attribute)
    {
        await OpenMenuAsync();
        await Page.Locator($".bar-menu label:has(input[value='{value}'])").ClickAsync();
        await Page.Locator($"html[{attribute}='{value}']").WaitForAsync();
    }

    public Task PressAsync(string name) =>
        Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true }).ClickAsync();

    /// <summary>Presses a button whose word holds a number, and waits for the page that it leads to.</summary>
    public async Task PressAsync(Regex name)
    {
        var before = Page.Url;
        await Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = name }).ClickAsync();
        await Page.WaitForURLAsync(address => address != before);
    }

    public Task FollowAsync(string name) => Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = name }).First.ClickAsync();

    /// <summary>Waits until a text can be seen.</summary>
    public Task SeeAsync(string text) => Page.GetByText(text).First.WaitForAsync();

    /// <summary>Waits until a text can be seen.</summary>
    public Task SeeAsync(Regex text) => Page.GetByText(text).First.WaitForAsync();

    /// <summary>What axe finds against WCAG 2.2 AA.</summary>
    /// <param name="within">
    /// A part of the page; null for all of it. What floats has to be looked at alone: what it covers in part is too small to be pressed.
    /// </param>
    public async Task<IReadOnlyList<string>> FindBarriersAsync(string? within = null)
    {
        // Without its style sheets a page has other sizes and colours.
        await Page.WaitForLoadStateAsync(LoadState.Load);
        var options = new AxeRunOptions
        {
            // Of what is in order it need not tell where it stands: that takes longer than finding out.
            ResultTypes = new HashSet<ResultType> { ResultType.Violations },
            RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
        };

        // The other way opens one more page for each look, to join what it found in frames. These pages have none.
#pragma warning disable CS0618
        var result = await Page.Locator(within ?? "html").RunAxeLegacy(options);
#pragma warning restore CS0618
        return [.. result.Violations.Select(violation =>
            $"{Page.Url}: {violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}")];
    }

    /// <summary>Fails when axe finds anything, and says all that it found.</summary>
    public async Task AssertNoBarriersAsync() => AssertNoBarriers(await FindBarriersAsync());

    /// <summary>Fails when there is any barrier, and names all of them.</summary>
    public static void AssertNoBarriers(IEnumerable<string> barriers) => AssertNothing(barriers);

    /// <summary>Fails when anything was found, and says all of it.</summary>
    public static void AssertNothing(IEnumerable<string> faults)
    {
        var all = string.Join(Environment.NewLine, faults);
        Assert.True(all.Length == 0, all);
    }

    /// <summary>
    /// Fails when anything went wrong: errors in the console, refusals by the content security policy, requests to other hosts.
    /// </summary>
    public void AssertNothingWentWrong()
    {
        lock (_faults)
        {
            AssertNothing(_faults);
        }
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private bool IsExpected(string text) =>
        (IsServiceGone && _ofALostService.Any(part => text.Contains(part, StringComparison.OrdinalIgnoreCase)))
        || ExpectedStatus > 0 && text.Contains($"status of {ExpectedStatus}", StringComparison.Ordinal);

    private void Note(string fault)
    {
        lock (_faults)
        {
            _faults.Add(fault);
        }
    }
}
