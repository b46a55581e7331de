using OrleansSync.Api.Authorization;
using OrleansSync.Hosting.Startup;
using OrleansSync.Storage;

namespace OrleansSync.Api.Hosting;

/// <summary>Starts the process once everything it needs is there.</summary>
internal static class PreparedStart
{
    /// <summary>Prepares and starts the application.</summary>
    /// <returns>The operator's key.</returns>
    /// <exception cref="StartRefusedException">Something is in the way; the message says what and what to do.</exception>
    public static async Task<OperatorKey> StartPreparedAsync(this WebApplication app)
    {
        var addresses = ServedAddress.Of(app.Configuration);
        CertificateFiles.RequireReadable(app.Configuration, app.Environment.ContentRootPath);
        CertificateFiles.RequireFor(addresses, app.Configuration, app.Services.GetRequiredService<TimeProvider>());
        var operatorKey = await PrepareAsync(app);
        AddressCheck.RequireFree(addresses);
        await app.StartAsync();
        return operatorKey;
    }

    private static async Task<OperatorKey> PrepareAsync(WebApplication app)
    {
        try
        {
            await app.PrepareOrleansSyncAsync();
            return app.Services.GetRequiredService<OperatorKey>();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException
            && app.Services.GetService<DataDirectory>() is not null)
        {
            // Keys and the database are made there on the first start.
            throw DataDirectory.NotWritable(app.Services.GetRequiredService<DataDirectory>().FullPath, exception);
        }
    }
}
