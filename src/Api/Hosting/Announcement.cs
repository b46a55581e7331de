using OrleansSync.Api.Authorization;
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
        await Console.Out.WriteLineAsync(Describe(app, operatorKey));
    }

    private static string Describe(WebApplication app, OperatorKey operatorKey)
    {
        var lines = new List<string> { $"OrleansSync serves at {string.Join(", ", app.Urls)} (web pages; API reference: /docs)." };
        if (app.Services.GetService<DataDirectory>() is { } directory)
        {
            lines.Add($"Its data is in {directory.FullPath}.");
        }

        if (operatorKey.NewKey is { } key)
        {
            lines.Add($"The operator's key, made just now and shown this once: {key.Reveal()}");
        }

        return string.Join(Environment.NewLine, lines);
    }
}
