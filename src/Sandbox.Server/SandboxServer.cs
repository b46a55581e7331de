using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using OrleansSync.Sandbox.Bitrix24;
using OrleansSync.Sandbox.CallGear;
using OrleansSync.Sandbox.Control;
using OrleansSync.Sandbox.Faults;
using OrleansSync.Sandbox.Requests;
using OrleansSync.Sandbox.Seeding;

namespace OrleansSync.Sandbox;

/// <summary>
/// A strict, stateful imitation of Bitrix24's REST and CallGear's Data API, for any number of portals and accounts, on one loopback
/// address. Safe for use from several threads.
/// </summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private const int MaxLoopbackAddresses = 250;
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, BitrixPortal> _portals = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, CallGearAccount> _accounts = new(StringComparer.Ordinal);

    private SandboxServer(SandboxOptions options)
    {
        Options = options;
        Requests = new RequestLog(options.Time, options.LoggedRequests);
        _app = Build(options);
        Address = new Uri("http://127.0.0.1:0/");
    }

    /// <summary>Settings that it was started with.</summary>
    public SandboxOptions Options { get; }

    /// <summary>Base address, ending in a slash.</summary>
    public Uri Address { get; private set; }

    /// <summary>Where OAuth tokens are renewed.</summary>
    public Uri TokenEndpoint => new(Address, "oauth/token/");

    /// <summary>The faults that are switched on.</summary>
    public FaultBook Faults { get; } = new();

    /// <summary>What the vendors were asked.</summary>
    public RequestLog Requests { get; }

    /// <summary>All portals.</summary>
    public IReadOnlyDictionary<string, BitrixPortal> Portals => _portals;

    /// <summary>All accounts.</summary>
    public IReadOnlyDictionary<string, CallGearAccount> Accounts => _accounts;

    /// <summary>Starts a sandbox.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<SandboxServer> StartAsync(SandboxOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.LoopbackAddresses, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.LoopbackAddresses, MaxLoopbackAddresses, nameof(options));
        var server = new SandboxServer(options);
        server.Map();
        await server._app.StartAsync(cancellationToken);
        var addresses = server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        server.Address = new Uri(addresses.Single(a => new Uri(a).Host == "127.0.0.1"));
        return server;
    }

    /// <summary>The portal of this name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public BitrixPortal Portal(string id) => _portals[id];

    /// <summary>The account of this name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public CallGearAccount Account(string id) => _accounts[id];

    /// <summary>Creates a portal, or replaces the one of this name with all its state.</summary>
    public BitrixPortal PutPortal(string id, PortalSettings? settings = null, IEnumerable<BitrixUser>? users = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return _portals[id] = new BitrixPortal(id, settings ?? new PortalSettings(), users ?? [], Address, Options.Time);
    }

    /// <summary>Creates an account, or replaces the one of this name with all its state.</summary>
    public CallGearAccount PutAccount(
        string id, AccountSettings? settings = null, IEnumerable<Employee>? employees = null, IEnumerable<EmployeeGroup>? groups = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        var account = new CallGearAccount(id, settings ?? new AccountSettings(), Address, Options.Time);
        foreach (var employee in employees ?? [])
        {
            account.PutEmployee(employee);
        }

        foreach (var group in groups ?? [])
        {
            account.PutGroup(group);
        }

        return _accounts[id] = account;
    }

    /// <summary>Creates a portal and an account with the data of a seed, replacing what had their names.</summary>
    public (BitrixPortal Portal, CallGearAccount Account) Seed(string portalId, string accountId, SeedData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return (PutPortal(portalId, data.Portal, data.Users), PutAccount(accountId, data.Account, data.Employees, data.Groups));
    }

    /// <summary>Removes a portal.</summary>
    /// <returns>Whether it was there.</returns>
    public bool RemovePortal(string id) => _portals.TryRemove(id, out _);

    /// <summary>Removes an account.</summary>
    /// <returns>Whether it was there.</returns>
    public bool RemoveAccount(string id) => _accounts.TryRemove(id, out _);

    /// <summary>Removes all portals, accounts, faults and records.</summary>
    public void Reset()
    {
        Faults.Clear();
        _portals.Clear();
        _accounts.Clear();
        Requests.Clear();
    }

    /// <summary>Sends <c>ONUSERADD</c> of a user to a handler, as the portal does after the user's first login.</summary>
    /// <returns>The handler's answer.</returns>
    /// <exception cref="HttpRequestException">The handler cannot be reached.</exception>
    public Task<HttpStatusCode> SendUserAddedAsync(
        string portalId, int userId, Uri handler, string? applicationToken = null, CancellationToken cancellationToken = default) =>
        UserAddedEvent.SendAsync(Portal(portalId), userId, handler, applicationToken, Options.Time, cancellationToken);

    /// <summary>Stops the sandbox; requests that are held or never answered end.</summary>
    public async ValueTask DisposeAsync()
    {
        Faults.Clear();
        await _app.DisposeAsync();
    }

    private static WebApplication Build(SandboxOptions options)
    {
        // An empty builder, so that addresses and log settings of the process that hosts the sandbox do not reach it.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            // Several addresses must share one port, so a free one is looked for before they are bound.
            var port = options is { Port: 0, LoopbackAddresses: > 1 } ? FreePort() : options.Port;
            for (var last = 1; last <= options.LoopbackAddresses; last++)
            {
                kestrel.Listen(new IPAddress([127, 0, 0, (byte)last]), port);
            }

            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinResponseDataRate = null;
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, DetachedLifetime>();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(1));
        return builder.Build();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private void Map()
    {
        var exchange = new VendorExchange(Requests, Faults, Options.Time);
        var rest = new RestEndpoint(_portals, exchange, Faults, Options.Time);
        var tokens = new TokenEndpoint(_portals, Options, exchange, Options.Time);
        var consent = new ConsentEndpoint(_portals, Options);
        var rpc = new RpcEndpoint(_accounts, exchange, Faults);
        _app.UseRouting();
        _app.Map("/portals/{portal}/rest/{**path}", context =>
            rest.ServeAsync(context, (string)context.Request.RouteValues["portal"]!, context.Request.RouteValues["path"] as string ?? ""));
        _app.Map(
            "/portals/{portal}/oauth/authorize", context => consent.ServeAsync(context, (string)context.Request.RouteValues["portal"]!));
        _app.Map("/oauth/token", tokens.ServeAsync);
        _app.Map("/callgear/v2.0", rpc.ServeAsync);
        ControlApi.Map(_app, this);
        _app.UseEndpoints(_ => { });
    }

    /// <summary>Leaves the signals of the process to the program that hosts the sandbox.</summary>
    private sealed class DetachedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
