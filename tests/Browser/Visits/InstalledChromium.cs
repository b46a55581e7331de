using Microsoft.Playwright;

namespace OrleansSync.Browser.Visits;

/// <summary>The browser of the machine, where Debian and others install it.</summary>
internal static class InstalledChromium
{
    private static readonly string[] _programs = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    /// <summary>How to start it.</summary>
    /// <exception cref="FileNotFoundException">It is not installed.</exception>
    public static BrowserTypeLaunchOptions Options() => new()
    {
        ExecutablePath = _programs.FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException(
                $"Chromium is missing; it was looked for at {string.Join(", ", _programs)}. Debian's package is called chromium."),

        // The pages are the service's own, and a container's root cannot make the sandbox's namespaces.
        Args = ["--no-sandbox"],
    };
}
