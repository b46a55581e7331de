using OrleansSync.Silo.Hosting;
using OrleansSync.Silo.Settings;
using OrleansSync.Silo.Telemetry;

return await StartRefusal.ReportAsync(async () =>
{
    var builder = Host.CreateApplicationBuilder(args);
    builder.Configuration.AddLogDefaults();
    var settings = SettingsReader.Read(builder.Configuration).OrRefuseStart();
    SiloCommandLine.RefuseEmbedded(settings);
    if (SiloCommandLine.IsMigrate(args))
    {
        await SiloCommandLine.MigrateAsync(settings);
        return;
    }

    builder.AddOrleansSyncSilo(settings);
    builder.AddOrleansSyncTelemetry(settings, "orleanssync-silo");
    using var host = builder.Build();
    await host.PrepareOrleansSyncAsync();
    await host.RunAsync();
});
