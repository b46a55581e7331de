using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Tests.Connections.Cluster;
using OrleansSync.Sandbox.Bitrix24;
using OrleansSync.Sandbox.Faults;

namespace OrleansSync.Grains.Tests.Connections.Bitrix24;

/// <summary>R8.4, R8.11: a batch that breaks off in the middle: the list goes on after the last good user.</summary>
[Trait("Rule", "R8.4")]
public sealed class Bitrix24BrokenBatchTests(ConnectionCluster cluster) : ConnectionTests(cluster)
{
    [Theory]
    [InlineData("INTERNAL_SERVER_ERROR", 31)]
    [InlineData("INTERNAL_SERVER_ERROR", 2)]
    [InlineData("QUERY_LIMIT_EXCEEDED", 31)]
    [InlineData("OPERATION_TIME_LIMIT", 17)]
    [InlineData("SOMETHING_UNKNOWN", 40)]
    public async Task ListUsers_LaterPageIsRefusedOnce_GoesOnAfterTheLastGoodUser(string code, int place)
    {
        var (grain, portal) = await ConnectAsync($"broken-{code.Replace('_', '-')}-{place}".ToLowerInvariant(), 2_310);
        Fault(portal, new Fault { Kind = FaultKind.Error, Method = "user.get", Code = code, Command = place, Times = 1 });

        var answer = await Cluster.DriveAsync(grain.ListUsersAsync(2_500, InRun("run"), Token), TimeSpan.FromMinutes(10));

        AssertWhole(answer, 2_310);
        Assert.Equal(2, answer.Calls);
    }

    [Fact]
    public async Task ListUsers_RoomForThirtyPagesInAWindow_WaitsForTheNextAndEnds()
    {
        var (grain, portal) = await ConnectAsync("broken-window", 2_040);
        portal.Settings = portal.Settings with { OperatingLimitSeconds = 300, OperatingSecondsPerCall = 10 };
        var start = Cluster.Time.GetUtcNow();

        var answer = await Cluster.DriveAsync(grain.ListUsersAsync(2_500, InRun("run"), Token), TimeSpan.FromMinutes(10));

        AssertWhole(answer, 2_040);
        Assert.Equal(2, answer.Calls);
        Assert.InRange(Cluster.Time.GetUtcNow() - start, TimeSpan.FromMinutes(9.5), TimeSpan.FromMinutes(10));
    }

    [Fact]
    [Trait("Rule", "R8.11")]
    public async Task ListUsers_WindowsOutlastTenMinutes_FailsAsRateLimitedWithNothingOfTheList()
    {
        var (grain, portal) = await ConnectAsync("broken-windows", 2_400);
        portal.Settings = portal.Settings with { OperatingLimitSeconds = 200, OperatingSecondsPerCall = 10 };

        var answer = await Cluster.DriveAsync(grain.ListUsersAsync(2_500, InRun("run"), Token), TimeSpan.FromMinutes(10));

        Assert.Equal(ProblemCode.RateLimited, answer.Failure?.Problem.Code);
        Assert.True(answer.Value.IsDefaultOrEmpty);
    }

    [Fact]
    [Trait("Rule", "R8.11")]
    public async Task ListUsers_EachBatchBringsFewPages_ProgressCountsAgainstNoRepetition()
    {
        var (grain, portal) = await ConnectAsync("broken-each", 4_990);
        Fault(portal, new Fault { Kind = FaultKind.Error, Method = "user.get", Code = "INTERNAL_SERVER_ERROR", Command = 2 });

        var answer = await Cluster.DriveAsync(grain.ListUsersAsync(2_500, InRun("run"), Token));

        AssertWhole(answer, 4_990);
        Assert.Equal(100, answer.Calls);
    }

    [Fact]
    [Trait("Rule", "R8.11")]
    public async Task ListUsers_BreaksOffAndStaysAway_FailsAsUnreachableWithNothingOfTheList()
    {
        var (grain, portal) = await ConnectAsync("broken-away", 600);
        Fault(portal, new Fault { Kind = FaultKind.Error, Method = "user.get", Code = "INTERNAL_SERVER_ERROR", Skip = 4 });
        var start = Cluster.Time.GetUtcNow();

        var answer = await Cluster.DriveAsync(grain.ListUsersAsync(2_500, InRun("run"), Token));

        Assert.Equal(ProblemCode.Unreachable, answer.Failure?.Problem.Code);
        Assert.True(answer.Value.IsDefaultOrEmpty);
        Assert.InRange(Cluster.Time.GetUtcNow() - start, TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(2));
    }

    [Theory]
    [InlineData("insufficient_scope", ProblemCode.Bitrix24Scope)]
    [InlineData("OVERLOAD_LIMIT", ProblemCode.Bitrix24Blocked)]
    public async Task ListUsers_BreaksOffAndAPersonMustAct_EndsAtOnce(string code, ProblemCode problem)
    {
        var (grain, portal) = await ConnectAsync($"broken-{code.Replace('_', '-')}".ToLowerInvariant(), 600);
        Fault(portal, new Fault { Kind = FaultKind.Error, Method = "user.get", Code = code, Command = 5 });

        var answer = await Cluster.DriveAsync(grain.ListUsersAsync(2_500, InRun("run"), Token));

        Assert.Equal(problem, answer.Failure?.Problem.Code);
        Assert.Equal(1, answer.Calls);
    }

    [Fact]
    public async Task ListUsers_TokenExpiresWithinTheBatch_IsRenewedAndGoesOn()
    {
        var portal = Cluster.Sandbox.PutPortal("broken-token", users: Enumerable.Range(1, 600).Select(ConnectionCluster.User));
        await Cluster.PutAccountAsync("broken-token", Cluster.OAuthAccess("broken-token", portal));
        Fault(portal, new Fault { Kind = FaultKind.Error, Method = "user.get", Code = "expired_token", Command = 5, Times = 1 });
        Cluster.Sandbox.Faults.Add(
            new Fault { Kind = FaultKind.Error, Target = portal.Id, Method = "batch", Code = "expired_token", Skip = 1, Times = 1 });

        var answer = await Cluster.DriveAsync(Cluster.Bitrix24("broken-token").ListUsersAsync(2_500, InRun("run"), Token));

        AssertWhole(answer, 600);
        Assert.Equal(1, portal.Tokens.Renewals);
    }

    [Fact]
    public async Task ListUsers_BatchAnswersFewerCommandsThanAsked_GoesOn()
    {
        var (grain, portal) = await ConnectAsync("broken-fewer", 520);
        portal.Settings = portal.Settings with { AnsweredCommands = 4 };

        var answer = await Cluster.DriveAsync(grain.ListUsersAsync(2_500, InRun("run"), Token));

        AssertWhole(answer, 520);
        Assert.Equal(3, answer.Calls);
    }

    private static void AssertWhole(CallOutcome<ImmutableArray<PortalUser>> answer, int users)
    {
        Assert.Null(answer.Failure);
        Assert.Equal(Enumerable.Range(1, users).Select(id => (long)id), answer.Value.Select(user => user.Id));
    }

    private async Task<(IBitrix24ConnectionGrain Grain, BitrixPortal Portal)> ConnectAsync(string name, int users)
    {
        var portal = Cluster.Sandbox.PutPortal(name, users: Enumerable.Range(1, users).Select(ConnectionCluster.User));
        await Cluster.PutAccountAsync(name, Cluster.Webhook(name, portal));
        return (Cluster.Bitrix24(name), portal);
    }

    private void Fault(BitrixPortal portal, Fault fault) => Cluster.Sandbox.Faults.Add(fault with { Target = portal.Id });
}
