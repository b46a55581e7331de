using OrleansSync.Sandbox;
using OrleansSync.Sandbox.Bitrix24;
using OrleansSync.Sandbox.CallGear;
using OrleansSync.Sandbox.Seeding;

namespace OrleansSync.Api.Demo;

/// <summary>The sandbox of the demo, with the data it had when the demo was stopped last.</summary>
internal sealed class DemoSandbox : IAsyncDisposable
{
    private const int PreferredPort = 5085;

    private DemoSandbox(SandboxServer server) => Server = server;

    /// <summary>The sandbox.</summary>
    public SandboxServer Server { get; }

    /// <summary>The demo's portal.</summary>
    public BitrixPortal Portal => Server.Portal(DemoSeed.Name);

    /// <summary>The demo's CallGear account.</summary>
    public CallGearAccount Account => Server.Account(DemoSeed.Name);

    /// <summary>Starts the sandbox, on the port it had if that is free: the account's addresses name it.</summary>
    /// <param name="state">What it was when the demo was stopped; null at first.</param>
    public static async Task<DemoSandbox> StartAsync(DemoState? state)
    {
        var server = await StartServerAsync(state?.Port ?? PreferredPort);
        var seed = DemoSeed.Create();
        server.Seed(DemoSeed.Name, DemoSeed.Name, state is null
            ? seed
            : seed with
            {
                Users = [.. state.Users.Select(BitrixUser.FromJson)],
                Employees = state.Employees,
                Groups = state.Groups,
            });
        return new DemoSandbox(server);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private static async Task<SandboxServer> StartServerAsync(int port)
    {
        try
        {
            return await SandboxServer.StartAsync(new SandboxOptions { Port = port });
        }
        catch (IOException)
        {
            // Taken by another program. The account is connected anew at every start, so another port does as well.
            return await SandboxServer.StartAsync(new SandboxOptions { Port = 0 });
        }
    }
}
