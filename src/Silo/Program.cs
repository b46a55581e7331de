using OrleansSync.Hosting.Clustering;
using OrleansSync.Hosting.Settings;
using OrleansSync.Hosting.Startup;
using OrleansSync.Hosting.Telemetry;
using OrleansSync.Silo;

return await SiloCommandLine.RunAsync(args, async (configuration, isMigration) =>
{
    var builder = SettingsFiles.ReadOnce(configuration, Host.CreateApplicationBuilder);
    builder.Configuration.AddLogDefaults();
    var reader = new SettingsReader(builder.Configuration);
    var settings = OrleansSyncSettings.Read(reader);
    reader.RefuseProblems();
    ClusterMembership.RefuseEmbedded(settings);
    if (isMigration)
    {
        await SchemaMigration.RunAsync(settings);
        return;
    }

    builder.AddOrleansSyncSilo(settings);
    builder.AddOrleansSyncTelemetry(settings, "orleanssync-silo");
    using var host = builder.Build();
    await host.PrepareOrleansSyncAsync();
    ClusterMembership.RequireFreePorts(settings.Cluster);
    await host.RunAsync();
});
