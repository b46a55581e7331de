using Microsoft.Extensions.Logging.Abstractions;
using OrleansSync.CallGear.Employees;
using OrleansSync.Grains.Connections;
using OrleansSync.Grains.Connections.CallGear;
using OrleansSync.Grains.Connections.Calls;
using OrleansSync.Grains.Connections.Credentials;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Tests.Connections.Cluster;
using OrleansSync.Sandbox.CallGear;
using OrleansSync.Sandbox.Faults;

namespace OrleansSync.Grains.Tests.Connections.CallGear;

public sealed class CallGearSessionTests(ConnectionCluster cluster) : ConnectionTests(cluster)
{
    [Fact]
    public async Task Write_CallerLeavesWhileItIsUnderWay_MayStillHappen()
    {
        var account = Cluster.Sandbox.PutAccount("session-left");
        using var hold = Cluster.Sandbox.Faults.Add(new Fault { Kind = FaultKind.Hold, Target = account.Id });
        using var http = new PlainClients();
        var session = await SessionAsync(account, http);
        using var leaving = new CancellationTokenSource();

        var writing = CreateAsync(session, DateTimeOffset.MaxValue, leaving.Token);
        await hold.WaitForHeldAsync(1, Token);
        await leaving.CancelAsync();
        var answer = await writing;

        Assert.True(answer.Failure?.IsOutcomeUnknown);
        Assert.True(answer.Failure!.MayStillHappen);
        Assert.Equal(1, answer.Calls);
    }

    [Fact]
    [Trait("Rule", "R3.8")]
    public async Task Write_MomentUntilWhichItMightBeSentHasPassed_IsNotSent()
    {
        var account = Cluster.Sandbox.PutAccount("session-late");
        using var http = new PlainClients();
        var session = await SessionAsync(account, http);

        var answer = await CreateAsync(session, Cluster.Time.GetUtcNow() - TimeSpan.FromMilliseconds(1), Token);

        Assert.True(answer.Failure is { IsTooLate: true, IsOutcomeUnknown: false });
        Assert.Equal((0, 0), (answer.Calls, (int)Cluster.Sandbox.Requests.Count(target: account.Id)));
    }

    private async Task<CallGearSession> SessionAsync(CallGearAccount account, PlainClients http)
    {
        await Cluster.PutAccountAsync(account.Id, callGear: Cluster.Key(account.Id, account));
        var environment = new ConnectionEnvironment(
            Cluster.Rows.Accounts,
            new VendorClients(http, TimeProvider.System),
            Cluster.Secrets,
            new ConnectionOptions(),
            Cluster.OAuth,
            null!,
            Cluster.Time);
        return new CallGearSession(
            account.Id,
            $"Account {account.Id}",
            ByHand,
            new RunAllowances("CallGear", environment.Options, environment.Runs, Cluster.Time).Of(null),
            new Random(1),
            new KnownCredentials(account.Id, Cluster.Rows.Accounts).For(null),
            new OpenedAccess(Cluster.Secrets, account.Id),
            new CallGearGate(environment.Options, Cluster.Time),
            environment,
            NullLogger.Instance);
    }

    private static Task<CallOutcome<long>> CreateAsync(
        CallGearSession session, DateTimeOffset sendBefore, CancellationToken cancellationToken) => session.WriteAsync(
            static (client, credentials, sending) =>
                client.CreateEmployeeAsync(credentials, new CallGearEmployee { LastName = "Lee" }, sending),
            sendBefore,
            cancellationToken);

    private sealed class PlainClients : IHttpClientFactory, IDisposable
    {
        private readonly HttpClient _client = new();

        public HttpClient CreateClient(string name) => _client;

        public void Dispose() => _client.Dispose();
    }
}
