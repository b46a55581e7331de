using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;
using OrleansSync.Grains.Connections;
using OrleansSync.Grains.Connections.Bitrix24;
using OrleansSync.Grains.Connections.Calls;
using OrleansSync.Grains.Directory;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Directory;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Portals;
using OrleansSync.Grains.Interfaces.Runs;
using OrleansSync.Grains.Tests.Connections.Cluster;
using OrleansSync.Grains.Tests.Portals;
using OrleansSync.Grains.Outbound;
using OrleansSync.Grains.Tests.Storage;
using OrleansSync.Sandbox;
using OrleansSync.Sandbox.Bitrix24;

[assembly: AssemblyFixture(typeof(PortalCluster))]

namespace OrleansSync.Grains.Tests.Portals;

/// <summary>A silo with all grains, the imitated vendors, and a clock that stands still unless a test moves it.</summary>
public sealed class PortalCluster : IAsyncLifetime
{
    private InProcessTestCluster? _cluster;

    internal FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));

    internal StoredStates States { get; } = new();

    internal CallJournal Calls { get; } = new();

    internal AccountSecrets Secrets { get; } = new(new EphemeralDataProtectionProvider());

    internal ImportOptions Imports { get; private set; } = new();

    internal RowDatabase Rows { get; private set; } = null!;

    public SandboxServer Sandbox { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Sandbox = await SandboxServer.StartAsync(new SandboxOptions { LoopbackAddresses = 2 });
        Rows = await RowDatabase.CreateAsync(Time);
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<Orleans.Storage.IGrainStorage>(States);
            Rows.AddTo(silo.Services);
            silo.Services.AddSingleton<TimeProvider>(Time);
            silo.Services.AddSingleton(Secrets);
            silo.Services.AddSingleton(services => new ConnectionEnvironment(
                Rows.Accounts,
                new VendorClients(services.GetRequiredService<IHttpClientFactory>(), TimeProvider.System),
                Secrets,

                // The clock stands still: nothing may wait for it.
                new ConnectionOptions
                {
                    RepeatAllowance = TimeSpan.Zero,
                    LimitAllowance = TimeSpan.Zero,
                    PortalCapacity = 1_000_000,
                    PortalInitialLevel = 0,
                },
                new Bitrix24OAuthOptions
                {
                    ClientId = Sandbox.Options.OAuthClientId,
                    ClientSecret = Sandbox.Options.OAuthClientSecret,
                    TokenEndpoint = Sandbox.TokenEndpoint,
                },
                new OutboundAddressPolicy([System.Net.IPNetwork.Parse("127.0.0.0/8")]),
                Time,
                services.GetRequiredService<Grains.Admission.RunLimiter>()));
            silo.Services.AddOrleansSyncGrains(options => Imports = options);

            // As the silo's own handler: a redirect is an answer like any other.
            silo.Services.ConfigureHttpClientDefaults(
                client => client.ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false }));

            // A test that moves the clock would have the accounts of all others look whether they are overdue.
            silo.Services.Remove(silo.Services.Single(service => service.ImplementationType == typeof(OverdueSweep)));
            silo.Services.AddSingleton<Orleans.Timers.IReminderRegistry, SilentReminders>();
            silo.AddOutgoingGrainCallFilter(Calls);

            // A test that moves the clock must not end the calls that other accounts have under way.
            silo.Configure<Orleans.Configuration.SiloMessagingOptions>(
                options => options.ResponseTimeout = options.SystemResponseTimeout = TimeSpan.FromDays(1000));
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

    internal IPortalGrain Portal(string account) => _cluster!.Client.GetGrain<IPortalGrain>(GrainKeys.Account(account));

    internal IEmployeeGrain Employee(string account, long user) => _cluster!.Client.GetGrain<IEmployeeGrain>(GrainKeys.User(account, user));

    internal IAccountDirectoryGrain Directory => _cluster!.Client.GetGrain<IAccountDirectoryGrain>(GrainKeys.Directory);

    /// <summary>Lets a tick of a reminder arrive, as the reminder service would.</summary>
    internal Task TickAsync(string account, string reminder = "import") =>
        Portal(account).AsReference<IRemindable>().ReceiveReminder(
            reminder, new TickStatus(Time.GetUtcNow().UtcDateTime, TimeSpan.FromMinutes(30), Time.GetUtcNow().UtcDateTime));

    internal BitrixPortal PutUsers(string account, int count) =>
        Sandbox.PutPortal(account, new PortalSettings { RateLimited = false }, Enumerable.Range(1, count).Select(User));

    internal static BitrixUser User(int id) => BitrixUser.Employee(id, "Ann", $"Lee {id}", $"user{id}@example.com", $"+7 495 00000{id:D2}");

    internal AccountConnection Connection(string account, AccountSettings? settings = null) => new()
    {
        DisplayName = account,
        Settings = settings ?? AccountSettings.Default,
        Bitrix24 = new Bitrix24Access
        {
            Edition = Bitrix24Edition.Cloud,
            DisplayAddress = "https://shown.example/rest/1/•••",
            PortalKey = account,
            IsOAuth = false,
            WebhookUrl = Secrets.Protect(account, Sandbox.Portal(account).WebhookUrl.AbsoluteUri),
            ApplicationToken = Secrets.Protect(account, "application-token"),
        },
        CallGear = new CallGearAccess
        {
            BaseUrl = Sandbox.Account(account).BaseUrl.AbsoluteUri,
            AccessToken = Secrets.Protect(account, Sandbox.Account(account).AccessToken),
        },
    };

    /// <summary>The connection by OAuth.</summary>
    internal AccountConnection OAuthConnection(string account)
    {
        var webhook = Connection(account);
        var tokens = Sandbox.Portal(account).Tokens;
        return webhook with
        {
            Bitrix24 = webhook.Bitrix24 with
            {
                DisplayAddress = Sandbox.Portal(account).ClientEndpoint.AbsoluteUri,
                IsOAuth = true,
                WebhookUrl = null,
                AccessToken = Secrets.Protect(account, tokens.AccessToken),
                RefreshToken = Secrets.Protect(account, tokens.RefreshToken),
            },
        };
    }

    /// <summary>Connects an account with so many users, and ends its first import.</summary>
    internal async Task<IPortalGrain> ConnectAsync(string account, int users, AccountSettings? settings = null)
    {
        PutUsers(account, users);
        Sandbox.PutAccount(account);
        var portal = Portal(account);
        Assert.Equal(ConnectOutcome.Connected, (await portal.ConnectAsync(Connection(account, settings))).Outcome);
        if (settings?.Paused != true)
        {
            var run = (await portal.ListRunsAsync(new RunQuery(null, 1)))!.Items[0];
            Assert.Equal(RunStatus.Succeeded, (await EndOfAsync(portal, run.RunId)).Status);
        }

        return portal;
    }

    /// <summary>Watches a run to its end.</summary>
    internal static async Task<RunSummary> EndOfAsync(IPortalGrain portal, string runId)
    {
        var cancellation = TestContext.Current.CancellationToken;
        for (long version = 0; ;)
        {
            var watch = await portal.WatchRunAsync(runId, version, 0, TimeSpan.FromSeconds(20), cancellation);
            Assert.NotNull(watch);
            if (watch.Run.IsFinished)
            {
                return watch.Run;
            }

            version = watch.Version;
        }
    }

    /// <summary>Ends the activation of an account; the next call makes a new one from what is stored.</summary>
    internal static async Task DeactivateAsync(IPortalGrain portal) =>
        await portal.AsReference<Orleans.Core.Internal.IGrainManagementExtension>().DeactivateOnIdle();

    /// <summary>Ends the activation of one of an account's other grains.</summary>
    internal async Task ForgetAsync<TGrain>(string account)
        where TGrain : IGrainWithStringKey
    {
        var management =
            _cluster!.Client.GetGrain<TGrain>(GrainKeys.Account(account)).AsReference<Orleans.Core.Internal.IGrainManagementExtension>();
        await management.DeactivateOnIdle();
    }

    /// <summary>Synchronizes by hand, to the end.</summary>
    internal static async Task<RunSummary> SynchronizeAsync(IPortalGrain portal, bool dryRun = false, long? onlyUser = null)
    {
        var answer = await portal.RequestRunAsync(new RunRequest(RunTrigger.Manual, dryRun, onlyUser));
        Assert.Equal(RunRequestOutcome.Accepted, answer.Outcome);
        return await EndOfAsync(portal, answer.Run!.RunId);
    }
}
