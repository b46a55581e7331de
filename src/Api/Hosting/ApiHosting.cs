using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansSync.Api.Authorization;
using OrleansSync.Api.Settings;
using OrleansSync.Api.Web;
using OrleansSync.Grains.Outbound;
using OrleansSync.Hosting.Clustering;
using OrleansSync.Hosting.Settings;
using OrleansSync.Hosting.Startup;
using OrleansSync.Hosting.Telemetry;

namespace OrleansSync.Api.Hosting;

/// <summary>Puts the HTTP interface into a process: beside an embedded silo, or as a client of a cluster.</summary>
internal static class ApiHosting
{
    /// <summary>Where the interface is served when nothing else is configured.</summary>
    public const string DefaultAddress = "http://127.0.0.1:5080";

    private static readonly string[] _addressSettings = ["urls", "http_ports", "https_ports"];

    /// <summary>Makes the builder of the process, with defaults that any configuration overrides.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = SettingsFiles.ReadOnce(args, readOnce => WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = readOnce,

            // The pages' files lie beside the program, wherever it is started from.
            WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot"),
        }));
        builder.WebHost.UseStaticWebAssets();
        builder.Configuration.AddLogDefaults();
        builder.AddPageFileDefaults();
        if (_addressSettings.All(setting => string.IsNullOrEmpty(builder.Configuration[setting])))
        {
            builder.WebHost.UseUrls(DefaultAddress);
        }

        return builder;
    }

    /// <summary>Adds the interface, and the silo or the client behind it.</summary>
    public static WebApplicationBuilder AddOrleansSyncApi(this WebApplicationBuilder builder, OrleansSyncSettings settings, ApiSettings api)
    {
        if (settings.Mode == HostingMode.Embedded)
        {
            builder.AddOrleansSyncSilo(settings);
        }
        else
        {
            builder.AddOrleansSyncClusterClient(settings);
        }

        builder.AddOrleansSyncTelemetry(settings, "orleanssync-api");
        builder.Services.TryAddSingleton(new OutboundAddressPolicy(settings.AllowedNetworks));
        builder.Services.AddSingleton(provider => OperatorKey.Load(api.AdminKey, provider.GetService<DataDirectory>()));
        builder.Services.AddHttpInterface(api);
        return builder;
    }
}
