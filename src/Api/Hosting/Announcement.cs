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
        var operatorKey = await app.StartPreparedAsync();
        string?[] lines =
        [
            $"OrleansSync serves at {string.Join(", ", app.Urls)} (web pages; API reference: /docs).",
            app.Services.GetService<DataDirectory>() is { } directory ? $"Its data is in {directory.FullPath}." : null,
            operatorKey.NewKey is { } key ? $"The operator's key, made just now and shown this once: {key.Reveal()}" : null,
        ];
        await Console.Out.WriteLineAsync(string.Join(Environment.NewLine, lines.OfType<string>()));
    }
}
