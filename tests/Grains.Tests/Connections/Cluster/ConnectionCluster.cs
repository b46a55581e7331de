using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Storage;
using Orleans.TestingHost;
using OrleansSync.Grains.Connections;
using OrleansSync.Grains.Connections.Bitrix24;
using OrleansSync.Grains.Connections.Calls;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Placement;
using OrleansSync.Grains.Storage;
using OrleansSync.Grains.Outbound;
using OrleansSync.Grains.Tests.Storage;
using OrleansSync.Grains.Tests.Connections.Cluster;
using OrleansSync.Sandbox;
using OrleansSync.Sandbox.Bitrix24;
using OrleansSync.Sandbox.CallGear;
using AccountSettings = OrleansSync.Grains.Interfaces.Accounts.AccountSettings;

[assembly: AssemblyFixture(typeof(ConnectionCluster))]

namespace OrleansSync.Grains.Tests.Connections.Cluster;

/// <summary>
/// A silo and the imitated vendors. Waits and limits go by a clock that the tests move; the requests themselves go by the real one, so that
/// moving the clock ends none.
/// </summary>
public sealed class ConnectionCluster : IAsyncLifetime
{
    private static readonly Bitrix24Access _noBitrix24 =
        new() { Edition = Bitrix24Edition.Cloud, DisplayAddress = "", PortalKey = "none.example", IsOAuth = false };

    private static readonly CallGearAccess _noCallGear = new() { BaseUrl = "https://none.example" };

    private InProcessTestCluster? _cluster;

    internal DrivenTime Time { get; } = new();

    internal StoredStates States { get; } = new();

    internal LoggedLines Log { get; } = new();

    internal ThrottleOutage ThrottleOutage { get; } = new();

    internal RowDatabase Rows { get; private set; } = null!;

    internal RowFaults RowFaults { get; } = new();

    internal Bitrix24OAuthOptions OAuth { get; } = new();

    internal AccountSecrets Secrets { get; } = new(new EphemeralDataProtectionProvider());

    public SandboxServer Sandbox { get; private set; } = null!;

    public IGrainFactory Grains => _cluster!.Client;

    public async ValueTask InitializeAsync()
    {
        Sandbox = await SandboxServer.StartAsync(new SandboxOptions { Time = Time, LoopbackAddresses = 2 });
        Rows = await RowDatabase.CreateAsync();
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
                RowFaults.Over(Rows.Accounts),
                new VendorClients(services.GetRequiredService<IHttpClientFactory>(), TimeProvider.System),
                Secrets,
                new ConnectionOptions(),
                OAuth,
                new OutboundAddressPolicy([System.Net.IPNetwork.Parse("127.0.0.0/8")]),
                Time));
            silo.Services.AddPlacementDirector<AccountPlacement, AccountPlacementDirector>();
            silo.Services.AddVendorConnections();

            // As the silo's own handler: a redirect is an answer like any other.
            silo.Services.ConfigureHttpClientDefaults(
                client => client.ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false }));
            silo.AddOutgoingGrainCallFilter(ThrottleOutage);
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster!.DisposeAsync();
        await Rows.DisposeAsync();
        await Sandbox.DisposeAsync();
    }

    internal IBitrix24ConnectionGrain Bitrix24(string account) => Grains.GetGrain<IBitrix24ConnectionGrain>(GrainKeys.Account(account));

    internal ICallGearConnectionGrain CallGear(string account) => Grains.GetGrain<ICallGearConnectionGrain>(GrainKeys.Account(account));

    /// <summary>Writes an account's row, as its portal does when the account is connected or changed.</summary>
    /// <param name="account">The account.</param>
    /// <param name="bitrix24">Its Bitrix24 side; one that cannot be called by default.</param>
    /// <param name="callGear">Its CallGear side; one that cannot be called by default.</param>
    /// <param name="generation">The connection's generation.</param>
    /// <param name="tokensSince">The generation in which the OAuth tokens were entered.</param>
    /// <param name="isBeingErased">Whether it is disconnected.</param>
    internal Task PutAccountAsync(
        string account,
        Bitrix24Access? bitrix24 = null,
        CallGearAccess? callGear = null,
        long generation = 1,
        long tokensSince = 1,
        bool isBeingErased = false) =>
        PutAccountAsync(
            account,
            JsonSerializer.Serialize(
                new StoredConnection(
                    new AccountConnection
                    {
                        DisplayName = account,
                        Bitrix24 = bitrix24 ?? _noBitrix24,
                        CallGear = callGear ?? _noCallGear,
                        Settings = AccountSettings.Default,
                    },
                    generation,
                    tokensSince),
                GrainStateJson.Options),
            (bitrix24 ?? _noBitrix24).PortalKey,
            isBeingErased);

    /// <summary>Writes an account's row with a connection of the test's choice, which need not be one.</summary>
    internal async Task PutAccountAsync(string account, string connection, string portalKey, bool isBeingErased = false) =>
        Assert.True(await Rows.Accounts.WriteAsync(new AccountWrite
        {
            Row = new AccountRow
            {
                AccountId = account,
                Version = UserRow.NewVersion(),
                State = "{}",
                Connection = connection,
                Columns = new AccountColumns
                {
                    Status = AccountStatus.Active,
                    DisplayName = account,
                    PortalKey = portalKey,
                    IsBeingErased = isBeingErased,
                    ConnectedAt = Time.GetUtcNow(),
                },
            },
            Expected = (await Rows.Accounts.ReadAsync(account))?.Version,
        }));

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

    /// <summary>Ends the activation of one of an account's grains, so that the next call finds what is stored.</summary>
    internal async Task ForgetAsync<TGrain>(string account)
        where TGrain : IGrainWithStringKey =>
        await Grains.GetGrain<TGrain>(GrainKeys.Account(account))
            .AsReference<Orleans.Core.Internal.IGrainManagementExtension>()
            .DeactivateOnIdle();

    /// <summary>Brings a call to its end, moving the clock over its waits.</summary>
    internal Task<T> DriveAsync<T>(Task<T> call, TimeSpan? furthest = null) => Time.DriveAsync(call, furthest ?? TimeSpan.FromSeconds(5));

    internal static BitrixUser User(int id) => BitrixUser.Employee(id, "Ann", $"Lee {id}", $"user{id}@example.com");
}
