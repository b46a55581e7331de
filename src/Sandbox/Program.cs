using System.Runtime.InteropServices;
using OrleansSync.Sandbox;
using OrleansSync.Sandbox.Seeding;

return await SandboxCommandLine.RunAsync(args, async arguments =>
{
    var stopped = new TaskCompletionSource();
    void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        stopped.TrySetResult();
    }

    // Before anything is said: whoever reads it may send a signal at once.
    using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
    await using var sandbox =
        await SandboxServer.StartAsync(new SandboxOptions { Port = arguments.Port, LoopbackAddresses = arguments.Addresses });
    Console.WriteLine($"Sandbox: {sandbox.Address}");
    if (arguments.Demo)
    {
        var (portal, account) = sandbox.Seed(DemoSeed.Name, DemoSeed.Name, DemoSeed.Create());
        Console.WriteLine($"Bitrix24: {portal.WebhookUrl}");
        Console.WriteLine($"CallGear: {account.BaseUrl} with the access token {account.AccessToken}");
    }

    await stopped.Task;
});
