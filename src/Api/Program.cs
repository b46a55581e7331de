using OrleansSync.Api.Demo;
using OrleansSync.Api.Hosting;
using OrleansSync.Silo.Hosting;
using OrleansSync.Silo.Settings;

return await StartRefusal.ReportAsync(async () =>
{
    if (DemoProgram.IsAskedFor(args))
    {
        await DemoProgram.RunAsync(args);
        return;
    }

    var builder = ApiHosting.CreateBuilder(args);
    var settings = SettingsReader.Read(builder.Configuration).OrRefuseStart();
    builder.AddOrleansSyncApi(settings);
    await using var app = builder.Build();
    app.MapHttpInterface();
    await app.StartAnnouncedAsync();
    await app.WaitForShutdownAsync();
});
