using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Tests.Connections.Cluster;
using OrleansSync.Sandbox.Bitrix24;
using OrleansSync.Sandbox.Faults;

namespace OrleansSync.Grains.Tests.Connections.Bitrix24;

/// <summary>R8.4: portals that drop the filter by id without a word, so that every page is the first.</summary>
[Trait("Rule", "R8.4")]
public sealed class Bitrix24FilterTests(ConnectionCluster cluster) : ConnectionTests(cluster)
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(49)]
    [InlineData(50)]
    [InlineData(51)]
    [InlineData(100)]
    [InlineData(163)]
    [InlineData(2_500)]
    [InlineData(2_610)]
    public async Task ListUsers_FilterIsIgnored_ReadsEverybodyByNumberedPages(int users)
    {
        var (grain, _) = await ConnectAsync($"filter-{users}", users);

        var answer = await ListAsync(grain);

        AssertWhole(answer, users);
    }

    [Fact]
    public async Task ListUsers_FilterIsIgnoredAndPagesAreSlow_ReadsEverybody()
    {
        var (grain, portal) = await ConnectAsync("filter-slow", 420);
        portal.Settings = portal.Settings with { PageSeconds = 0.5, FrontEndSeconds = 2 };

        AssertWhole(await ListAsync(grain), 420);
    }

    [Fact]
    public async Task ListUsers_NextRun_BeginsWithNumberedPages()
    {
        var (grain, portal) = await ConnectAsync("filter-known", 163);
        await ListAsync(grain);
        Assert.Contains("\"filterIgnoredAt\":", Stored("filter-known"), StringComparison.Ordinal);
        await Cluster.ForgetAsync<IBitrix24ConnectionGrain>("filter-known");
        var before = Commands(portal).Length;

        AssertWhole(await ListAsync(grain), 163);

        Assert.Equal([4], Commands(portal)[before..]);
    }

    [Fact]
    public async Task ListUsers_ADayLater_LooksAgainWithTwoPages()
    {
        var (grain, portal) = await ConnectAsync("filter-again", 163);
        await ListAsync(grain);
        Cluster.Time.Move(TimeSpan.FromHours(25));
        var before = Commands(portal).Length;

        AssertWhole(await ListAsync(grain), 163);

        Assert.Equal([2, 4], Commands(portal)[before..]);
    }

    [Fact]
    public async Task ListUsers_PortalWasUpdated_GoesBackToTheFilter()
    {
        var (grain, portal) = await ConnectAsync("filter-updated", 163);
        await ListAsync(grain);
        portal.Settings = portal.Settings with { PlainFiltersOnly = false };
        Cluster.Time.Move(TimeSpan.FromHours(25));

        AssertWhole(await ListAsync(grain), 163);

        Assert.DoesNotContain("\"filterIgnoredAt\":", Stored("filter-updated"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListUsers_ListShiftsOnceWhileItIsRead_IsReadAgain()
    {
        var (grain, portal) = await ConnectAsync("filter-shift", 163);
        await ListAsync(grain);
        Fault(portal, new Fault { Kind = FaultKind.LostItems, Method = "user.get", Skip = 1, Times = 1 });

        AssertWhole(await ListAsync(grain), 163);
    }

    [Fact]
    public async Task ListUsers_ListIsNeverWhole_FailsAfterThreeReadings()
    {
        var (grain, portal) = await ConnectAsync("filter-never", 163);
        await ListAsync(grain);
        Fault(portal, new Fault { Kind = FaultKind.LostItems, Method = "user.get" });
        var before = Commands(portal).Length;

        var answer = await ListAsync(grain);

        Assert.Equal(ProblemCode.InvalidAnswer, answer.Failure?.Problem.Code);
        Assert.Equal(3, Commands(portal).Length - before);
    }

    [Fact]
    public async Task ListUsers_EveryPageIsTheFirst_FailsWithNothingOfTheList()
    {
        var (grain, portal) = await ConnectAsync("filter-start", 163);
        portal.Settings = portal.Settings with { IgnoresStart = true };

        var answer = await ListAsync(grain);

        Assert.Equal(ProblemCode.InvalidAnswer, answer.Failure?.Problem.Code);
        Assert.True(answer.Value.IsDefaultOrEmpty);
    }

    [Fact]
    public async Task ListUsers_NumberedPageIsRefused_GoesOnAfterTheGoodOnes()
    {
        var (grain, portal) = await ConnectAsync("filter-broken", 640);
        await ListAsync(grain);
        Fault(portal, new Fault { Kind = FaultKind.Error, Method = "user.get", Code = "INTERNAL_SERVER_ERROR", Command = 6, Times = 1 });

        AssertWhole(await ListAsync(grain), 640);
    }

    private static void AssertWhole(CallOutcome<ImmutableArray<PortalUser>> answer, int users)
    {
        Assert.Null(answer.Failure);
        Assert.Equal(Enumerable.Range(1, users).Select(id => (long)id), answer.Value.Select(user => user.Id));
    }

    private Task<CallOutcome<ImmutableArray<PortalUser>>> ListAsync(IBitrix24ConnectionGrain grain) =>
        Cluster.DriveAsync(grain.ListUsersAsync(0, InRun("run"), Token));

    private string? Stored(string account) => Cluster.States.JsonOf("bitrix24Connection", GrainKeys.Account(account));

    private int[] Commands(BitrixPortal portal) =>
        [.. Cluster.Sandbox.Requests.Records.Where(record => record.Target == portal.Id).Select(record => record.Commands)];

    private async Task<(IBitrix24ConnectionGrain Grain, BitrixPortal Portal)> ConnectAsync(string name, int users)
    {
        var portal = Cluster.Sandbox.PutPortal(
            name, new PortalSettings { PlainFiltersOnly = true }, Enumerable.Range(1, users).Select(ConnectionCluster.User));
        await Cluster.PutAccountAsync(name, Cluster.Webhook(name, portal));
        return (Cluster.Bitrix24(name), portal);
    }

    private void Fault(BitrixPortal portal, Fault fault) => Cluster.Sandbox.Faults.Add(fault with { Target = portal.Id });
}
