using OrleansSync.Silo.Hosting;
using OrleansSync.Silo.Settings;

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
    using var host = builder.Build();
    await host.PrepareOrleansSyncAsync();
    await host.RunAsync();
});
