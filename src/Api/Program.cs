using OrleansSync.Api.Demo;
using OrleansSync.Api.Hosting;
using OrleansSync.Hosting.Settings;

return await ApiCommandLine.RunAsync(args, demoAsync: DemoProgram.RunAsync, serveAsync: async configuration =>
{
    var builder = ApiHosting.CreateBuilder(configuration);
    var settings = SettingsReader.Read(builder.Configuration).OrRefuseStart();
    builder.AddOrleansSyncApi(settings);
    await using var app = builder.Build();
    app.MapHttpInterface();
    await app.StartAnnouncedAsync();
    await app.WaitForShutdownAsync();
});
