using OrleansSync.Api.Demo;
using OrleansSync.Api.Hosting;
using OrleansSync.Api.Settings;
using OrleansSync.Hosting.Settings;

return await ApiCommandLine.RunAsync(args, demoAsync: DemoProgram.RunAsync, serveAsync: async configuration =>
{
    var builder = ApiHosting.CreateBuilder(configuration);
    var reader = new SettingsReader(builder.Configuration);
    var (settings, api) = (OrleansSyncSettings.Read(reader), ApiSettings.Read(reader));
    reader.RefuseProblems();
    builder.AddOrleansSyncApi(settings, api);
    await using var app = builder.Build();
    app.MapHttpInterface();
    await app.StartAnnouncedAsync();
    await app.WaitForShutdownAsync();
});
