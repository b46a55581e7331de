using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Storage;
using Orleans.TestingHost;
using OrleansSync.Grains.Connections;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Placement;
using OrleansSync.Grains.Tests.Connections;
using OrleansSync.Sandbox;
using OrleansSync.Sandbox.Bitrix24;
using OrleansSync.Sandbox.CallGear;

[assembly: AssemblyFixture(typeof(ConnectionCluster))]

namespace OrleansSync.Grains.Tests.Connections;

/// <summary>
/// A silo and the imitated vendors. Waits and limits go by a clock that the tests move; the requests themselves go by the real one, so that
/// moving the clock ends none.
/// </summary>
public sealed class ConnectionCluster : IAsyncLifetime
{
    private InProcessTestCluster? _cluster;

    internal DrivenTime Time { get; } = new();

    internal StoredStates States { get; } = new();

    internal LoggedLines Log { get; } = new();

    internal ThrottleOutage ThrottleOutage { get; } = new();

    internal HeldCalls HeldCalls { get; } = new();

    internal Bitrix24OAuthOptions OAuth { get; } = new();

    internal AccountSecrets Secrets { get; } = new(new EphemeralDataProtectionProvider());

    public SandboxServer Sandbox { get; private set; } = null!;

    public IGrainFactory Grains => _cluster!.Client;

    public async ValueTask InitializeAsync()
    {
        Sandbox = await SandboxServer.StartAsync(new SandboxOptions { Time = Time });
        OAuth.ClientId = Sandbox.Options.OAuthClientId;
        OAuth.ClientSecret = Sandbox.Options.OAuthClientSecret;
        OAuth.TokenEndpoint = Sandbox.TokenEndpoint;
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddLogging(logging => logging.AddProvider(Log));
            silo.Services.AddSingleton<IGrainStorage>(States);
            silo.Services.AddSingleton(Secrets);
            silo.Services.AddSingleton(services => new ConnectionEnvironment(
                new VendorClients(services.GetRequiredService<IHttpClientFactory>(), TimeProvider.System), Secrets, new ConnectionOptions(), OAuth, Time));
            silo.Services.AddAccountPlacement();
            silo.Services.AddVendorConnections();
            silo.AddOutgoingGrainCallFilter(ThrottleOutage);
            silo.AddOutgoingGrainCallFilter(HeldCalls);
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster!.DisposeAsync();
        await Sandbox.DisposeAsync();
    }

    internal IBitrix24ConnectionGrain Bitrix24(string account) => Grains.GetGrain<IBitrix24ConnectionGrain>(GrainKeys.Account(account));

    internal ICallGearConnectionGrain CallGear(string account) => Grains.GetGrain<ICallGearConnectionGrain>(GrainKeys.Account(account));

    internal Bitrix24Access Webhook(string account, BitrixPortal portal) => new()
    {
        Edition = Bitrix24Edition.Cloud,
        DisplayAddress = "https://shown.example/rest/1/•••",
        PortalKey = portal.Id,
        IsOAuth = false,
        WebhookUrl = Secrets.Protect(account, portal.WebhookUrl.AbsoluteUri),
    };

    internal Bitrix24Access OAuthAccess(string account, BitrixPortal portal) => new()
    {
        Edition = Bitrix24Edition.Cloud,
        DisplayAddress = portal.ClientEndpoint.AbsoluteUri,
        PortalKey = portal.Id,
        IsOAuth = true,
        AccessToken = Secrets.Protect(account, portal.Tokens.AccessToken),
        RefreshToken = Secrets.Protect(account, portal.Tokens.RefreshToken),
    };

    internal CallGearAccess Key(string owner, CallGearAccount account) =>
        new() { BaseUrl = account.BaseUrl.AbsoluteUri, AccessToken = Secrets.Protect(owner, account.AccessToken) };

    /// <summary>Brings a call to its end, moving the clock over its waits.</summary>
    internal Task<T> DriveAsync<T>(Task<T> call, TimeSpan? furthest = null) => Time.DriveAsync(call, furthest ?? TimeSpan.FromSeconds(5));

    internal static BitrixUser User(int id) => BitrixUser.Employee(id, "Ann", $"Lee {id}", $"user{id}@example.com");
}
