using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Reminders;
using Orleans.Storage;
using Orleans.TestingHost;
using OrleansSync.Grains.Admission;
using OrleansSync.Grains.Connections;
using OrleansSync.Grains.Connections.Bitrix24;
using OrleansSync.Grains.Connections.Calls;
using OrleansSync.Grains.Directory;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Portals;
using OrleansSync.Grains.Interfaces.Runs;
using OrleansSync.Grains.Outbound;
using OrleansSync.Grains.Tests.Connections.Cluster;
using OrleansSync.Grains.Tests.Portals;
using OrleansSync.Grains.Tests.Storage;
using OrleansSync.Sandbox;
using OrleansSync.Sandbox.Bitrix24;
using AccountSettings = OrleansSync.Sandbox.CallGear.AccountSettings;

namespace OrleansSync.Grains.Tests.Fleet;

/// <summary>A cluster of several silos with one store, that calls strict vendors from one address.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private readonly AccountSecrets _secrets = new(new EphemeralDataProtectionProvider());
    private readonly StoredStates _states = new();

    private Fleet(SandboxServer sandbox, RowDatabase rows) => (Sandbox, Rows) = (sandbox, rows);

    public SandboxServer Sandbox { get; }

    public RowDatabase Rows { get; }

    public InProcessTestCluster Cluster { get; private set; } = null!;

    /// <summary>Starts it.</summary>
    /// <param name="silos">How many silos.</param>
    /// <param name="connections">How vendors are called.</param>
    /// <param name="imports">How imports are bounded.</param>
    /// <param name="reminders">The clock of reminders; the computer's by default.</param>
    /// <param name="time">The clock of everything else; the computer's by default.</param>
    /// <param name="sweeps">Whether accounts look whether they are overdue after a silo came or went.</param>
    public static async Task<Fleet> StartAsync(
        short silos, ConnectionOptions connections, ImportOptions imports, TimeProvider? reminders = null, TimeProvider? time = null,
        bool sweeps = false)
    {
        var clock = time ?? TimeProvider.System;
        var fleet = new Fleet(await SandboxServer.StartAsync(new SandboxOptions()), await RowDatabase.CreateAsync());
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<IGrainStorage>(fleet._states);
            fleet.Rows.AddTo(silo.Services);
            silo.Services.AddSingleton(clock);
            silo.Services.AddKeyedSingleton(ReminderTimeProviderNames.Reminders, reminders ?? TimeProvider.System);
            silo.Services.AddSingleton(fleet._secrets);
            silo.Services.AddSingleton(connections);
            silo.Services.AddOrleansSyncGrains(options =>
            {
                options.RunsPerSilo = imports.RunsPerSilo;
                options.RunsAtStart = imports.RunsAtStart;
                options.ScheduledRunsWaiting = imports.ScheduledRunsWaiting;
            });
            silo.Services.AddSingleton(services => new ConnectionEnvironment(
                fleet.Rows.Accounts,
                new VendorClients(services.GetRequiredService<IHttpClientFactory>(), TimeProvider.System),
                fleet._secrets,
                connections,
                new Bitrix24OAuthOptions(),
                new OutboundAddressPolicy([]),
                clock,
                services.GetRequiredService<RunLimiter>()));
            if (!sweeps)
            {
                silo.Services.Remove(silo.Services.Single(service => service.ImplementationType == typeof(OverdueSweep)));
            }

            silo.UseInMemoryReminderService();
        });
        fleet.Cluster = builder.Build();
        await fleet.Cluster.DeployAsync();
        return fleet;
    }

    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        await Rows.DisposeAsync();
        await Sandbox.DisposeAsync();
    }

    public IPortalGrain Portal(string account) => Cluster.Client.GetGrain<IPortalGrain>(GrainKeys.Account(account));

    /// <summary>Connects an account to a portal of the sandbox, and answers its first run.</summary>
    public async Task<string> ConnectAsync(string account, BitrixPortal portal, AccountSettings? callGear = null, bool paused = false)
    {
        var target = Sandbox.PutAccount(account, callGear ?? new AccountSettings());
        await Portal(account).ConnectAsync(new AccountConnection
        {
            DisplayName = account,
            Settings = Interfaces.Accounts.AccountSettings.Default with { Paused = paused },
            Bitrix24 = new Bitrix24Access
            {
                Edition = Bitrix24Edition.Cloud,
                DisplayAddress = "https://shown.example/rest/1/•••",
                PortalKey = portal.Id,
                IsOAuth = false,
                WebhookUrl = _secrets.Protect(account, portal.WebhookUrl.AbsoluteUri),
            },
            CallGear = new CallGearAccess
            {
                BaseUrl = target.BaseUrl.AbsoluteUri,
                AccessToken = _secrets.Protect(account, target.AccessToken),
            },
        });
        return paused ? string.Empty : (await Portal(account).ListRunsAsync(new RunQuery(null, 1)))!.Items[0].RunId;
    }

    public BitrixPortal PutPortal(string name, int users, PortalSettings? settings = null) =>
        Sandbox.PutPortal(name, settings ?? new PortalSettings(), Enumerable.Range(1, users).Select(PortalCluster.User));

    /// <summary>The silos that have activations of an account's portal now.</summary>
    public async Task<InProcessSiloHandle> SiloOfAsync(string account)
    {
        var address = await Cluster.Client.GetGrain<IManagementGrain>(0).GetActivationAddress((IAddressable)Portal(account));
        return Cluster.Silos.Single(silo => silo.SiloAddress.Equals(address));
    }
}
