using Microsoft.Playwright;
using OrleansSync.Browser.Visits;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace OrleansSync.Browser.Visits;

/// <summary>The browser of the machine.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(InstalledChromium.Options());
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>A visitor without a history.</summary>
    public async Task<Visitor> VisitAsync(Uri address, Look? look = null)
    {
        look ??= Look.Light;
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.AbsoluteUri,
            ColorScheme = look.IsDark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = look.Size,
            Locale = look.Language,
            JavaScriptEnabled = look.HasScript,
            TimezoneId = "Europe/Berlin",
            ReducedMotion = look.HasMotion ? ReducedMotion.NoPreference : ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(30_000);
        return new Visitor(context, await context.NewPageAsync(), address);
    }
}

/// <summary>How a visitor looks at pages. Without motion unless a test is about it: what moves would have to be waited for.</summary>
public sealed record Look(
    string Name, bool IsDark, ViewportSize Size, string Language = "en", bool HasScript = true, bool HasMotion = false)
{
    public static Look Light { get; } = new("light", IsDark: false, new ViewportSize { Width = 1280, Height = 860 });

    public static Look Dark { get; } = Light with { Name = "dark", IsDark = true };

    public static Look Phone { get; } = new("phone", IsDark: false, new ViewportSize { Width = 390, Height = 844 });
}
