using Microsoft.Playwright;
using OrleansSync.Browser.Visits;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace OrleansSync.Browser.Visits;

/// <summary>The browser of the machine.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] _programs = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        var program = _programs.FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException($"Chromium is missing; it was looked for at {string.Join(", ", _programs)}. Debian's package is called chromium.");
        _playwright = await Playwright.CreateAsync();

        // The tests' pages are the service's own, and a container's root cannot make the sandbox's namespaces.
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Args = ["--no-sandbox"] });
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
            TimezoneId = "Europe/Berlin",
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(30_000);
        return new Visitor(context, await context.NewPageAsync(), address);
    }
}

/// <summary>How a visitor looks at pages.</summary>
public sealed record Look(string Name, bool IsDark, ViewportSize Size, string Language = "en")
{
    public static Look Light { get; } = new("light", IsDark: false, new ViewportSize { Width = 1280, Height = 860 });

    public static Look Dark { get; } = Light with { Name = "dark", IsDark = true };

    public static Look Phone { get; } = new("phone", IsDark: false, new ViewportSize { Width = 390, Height = 844 });
}
