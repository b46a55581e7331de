using System.Runtime.InteropServices;
using OrleansSync.Sandbox;
using OrleansSync.Sandbox.Seeding;

return await SandboxCommandLine.RunAsync(args, async arguments =>
{
    await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Port = arguments.Port, LoopbackAddresses = arguments.Addresses });
    Console.WriteLine($"Sandbox: {sandbox.Address}");
    if (arguments.Demo)
    {
        var (portal, account) = sandbox.Seed(DemoSeed.Name, DemoSeed.Name, DemoSeed.Create());
        Console.WriteLine($"Bitrix24: {portal.WebhookUrl}");
        Console.WriteLine($"CallGear: {account.BaseUrl} with the access token {account.AccessToken}");
    }

    var stopped = new TaskCompletionSource();
    void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        stopped.TrySetResult();
    }

    using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
    await stopped.Task;
});
