using System.Net;
using OrleansSync.Api.Hosting;
using OrleansSync.Api.Settings;
using OrleansSync.Api.Web.SignIn;
using OrleansSync.Hosting.Settings;
using OrleansSync.Hosting.Startup;
using OrleansSync.Storage;

namespace OrleansSync.Api.Demo;

/// <summary>
/// The service and the sandbox in one process, with a data directory of their own: connects an account, imports it, tells what happened to
/// whom, and goes on serving. The same command again finds everything as it was.
/// </summary>
internal static class DemoProgram
{
    /// <summary>Runs the demo until the process is told to stop.</summary>
    /// <param name="configuration">The arguments of its configuration.</param>
    /// <param name="isVerbose">Whether it tells what happened to each user, and how to use the API.</param>
    /// <exception cref="StartRefusedException">Something is in the way; the message says what and what to do.</exception>
    public static async Task RunAsync(string[] configuration, bool isVerbose)
    {
        var builder = ApiHosting.CreateBuilder(configuration);
        // Orleans warns when the machine is busy, which is no business of who only looks.
        builder.Logging.AddFilter("OrleansSync", LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning)
            .AddFilter("Orleans", LogLevel.Error);
        var reader = new SettingsReader(builder.Configuration);
        var (read, api) = (OrleansSyncSettings.Read(reader), ApiSettings.Read(reader));
        reader.RefuseProblems();
        var settings = DemoSettings(read);
        var stateFile = Path.Combine(settings.DataDirectory, "sandbox.json");
        var state = DemoState.Read(stateFile);
        await using var sandbox = await DemoSandbox.StartAsync(state);
        if (settings.Bitrix24OAuth.ClientId is null)
        {
            (settings, api) = WithApplication(settings, api, sandbox, builder.Configuration);
        }

        builder.AddOrleansSyncApi(settings, api);
        await using var app = builder.Build();
        app.MapHttpInterface();
        await app.StartPreparedAsync();
        await Console.Out.WriteLineAsync("Importing a made-up company; this takes a few seconds.");
        var stopping = app.Lifetime.ApplicationStopping;
        try
        {
            var tour = ActivatorUtilities.CreateInstance<DemoTour>(app.Services);
            var run = await tour.ImportAsync(sandbox, isFirst: state is null, stopping);
            DemoState.Save(sandbox, stateFile);
            var key = api.AdminKey?.Reveal()
                ?? (await File.ReadAllTextAsync(app.Services.GetRequiredService<DataDirectory>().OperatorKeyFile, stopping)).Trim();
            var report = new DemoReport(run, ReachableAddress.Of(app.Urls.First()), key, sandbox.Server.Address, settings.DataDirectory)
            {
                OneTimeLink = OneTimeLink.ForTerminal(app),
            };
            await Console.Out.WriteLineAsync(isVerbose ? report.Everything() : report.InShort());
            await KeepAsync(sandbox, stateFile, app.Services.GetRequiredService<TimeProvider>(), stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopped before the import was done: the next start goes on from what is stored.
        }

        await app.WaitForShutdownAsync(CancellationToken.None);
        DemoState.Save(sandbox, stateFile);
    }

    private static OrleansSyncSettings DemoSettings(OrleansSyncSettings settings) => settings.Mode == HostingMode.Embedded
        ? settings with
        {
            DataDirectory = Path.Combine(settings.DataDirectory, "demo"),

            // The only address that the demo account may reach besides the public internet is the sandbox's.
            AllowedNetworks = [.. settings.AllowedNetworks, new IPNetwork(IPAddress.Loopback, 32)],
        }
        : throw new StartRefusedException(
            "The demo runs in one process with a data directory of its own. Start it without ConnectionStrings__OrleansSync.");

    // The application of the imitated vendor, unless the person who starts the demo has one of their own.
    private static (OrleansSyncSettings Settings, ApiSettings Api) WithApplication(
        OrleansSyncSettings settings, ApiSettings api, DemoSandbox sandbox, ConfigurationManager configuration)
    {
        var vendor = sandbox.Server;
        var page = new Uri(ReachableAddress.Of(configuration[WebHostDefaults.ServerUrlsKey]!.Split(';')[0]), "connect/bitrix24");
        var application = new Bitrix24OAuthSettings
        {
            ClientId = vendor.Options.OAuthClientId,
            ClientSecret = new(vendor.Options.OAuthClientSecret),
            TokenEndpoint = vendor.TokenEndpoint,
        };
        return (
            settings with { Bitrix24OAuth = application },
            api with { Consent = new() { ClientId = application.ClientId, RedirectAddress = page } });
    }

    // A process that is killed writes nothing at its end, and the links would point to employees that the sandbox forgot.
    private static async Task KeepAsync(DemoSandbox sandbox, string stateFile, TimeProvider time, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(2), time);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            DemoState.Save(sandbox, stateFile);
        }
    }
}
