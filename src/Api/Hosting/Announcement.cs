using OrleansSync.Silo;
using OrleansSync.Silo.Hosting;
using OrleansSync.Silo.Secrets;

namespace OrleansSync.Api.Hosting;

/// <summary>Starts the process and tells the person in front of it where to look.</summary>
internal static class Announcement
{
    /// <summary>Prepares and starts the application.</summary>
    /// <param name="app">The application.</param>
    /// <exception cref="StartRefusedException">Something is in the way; the message says what and what to do.</exception>
    public static async Task StartAnnouncedAsync(this WebApplication app)
    {
        var operatorKey = await PrepareAsync(app);
        AddressCheck.RequireFree(app.Configuration[WebHostDefaults.ServerUrlsKey] ?? "");
        await app.StartAsync();
        await Console.Out.WriteLineAsync(Describe(app, operatorKey));
    }

    private static async Task<OperatorKey> PrepareAsync(WebApplication app)
    {
        try
        {
            await app.PrepareOrleansSyncAsync();
            return app.Services.GetRequiredService<OperatorKey>();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException && app.Services.GetService<DataDirectory>() is not null)
        {
            // Keys and the database are made there on the first start.
            throw DataDirectory.NotWritable(app.Services.GetRequiredService<DataDirectory>().FullPath, exception);
        }
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
