using OrleansSync.Api.Web.SignIn;
using OrleansSync.Hosting.Settings;
using OrleansSync.Hosting.Startup;
using OrleansSync.Storage;

namespace OrleansSync.Api.Hosting;

/// <summary>Tells the person in front of the process where to look.</summary>
internal static class Announcement
{
    /// <summary>Prepares and starts the application, and says so.</summary>
    /// <exception cref="StartRefusedException">Something is in the way; the message says what and what to do.</exception>
    public static async Task StartAnnouncedAsync(this WebApplication app)
    {
        var newKey = (await app.StartPreparedAsync()).NewKey;
        await Console.Out.WriteLineAsync(Text(
            app.Urls, app.Services.GetService<DataDirectory>()?.FullPath, newKey, newKey is null ? null : OneTimeLink.ForTerminal(app)));
    }

    /// <summary>Where the pages are and how to get in: what to do next comes last, where it stays in sight.</summary>
    /// <param name="urls">The addresses.</param>
    /// <param name="data">The data directory; null for none.</param>
    /// <param name="newKey">The operator's key when it was made just now, otherwise null.</param>
    /// <param name="link">The link that signs in once; null for none.</param>
    internal static string Text(IEnumerable<string> urls, string? data, SecretText? newKey, Uri? link)
    {
        string?[] lines =
        [
            $"OrleansSync serves at {string.Join(", ", urls)} (web pages; API reference: /docs).",
            data is null ? null : $"Its data is in {data}.",
            newKey is null ? null : $"Sign in with the operator's key, made just now and shown this once: {newKey.Reveal()}",
            link is null ? null : OneTimeLink.Line(link),
        ];
        return string.Join(Environment.NewLine, lines.OfType<string>());
    }
}
