using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Tests.Connections.Cluster;
using OrleansSync.Sandbox.Bitrix24;

namespace OrleansSync.Grains.Tests.Connections.Bitrix24;

/// <summary>R8.4, R8.11: a portal whose pages take long, and a front end that gives up.</summary>
[Trait("Rule", "R8.11")]
public sealed class Bitrix24SlowPortalTests(ConnectionCluster cluster) : ConnectionTests(cluster)
{
    // Less than the minute that a run has for repetitions, whose end is a timer too.
    private static readonly TimeSpan _furthest = TimeSpan.FromSeconds(46);

    [Theory]
    [InlineData(0.1, 3, false, 2_010)]
    [InlineData(0.1, 3, true, 1_777)]
    [InlineData(1.5, 45, false, 2_600)]
    [InlineData(0.9, 1, false, 640)]
    [InlineData(24, 30, false, 130)]
    public async Task ListUsers_PagesOfABatchTakeTooLong_AsksForFewerAtATime(double page, double frontEnd, bool drops, int users)
    {
        var (grain, portal) = await ConnectAsync($"slow-{page}-{frontEnd}-{drops}".Replace('.', '-').ToLowerInvariant(), users);
        portal.Settings = portal.Settings with { PageSeconds = page, FrontEndSeconds = frontEnd, FrontEndDrops = drops };

        var furthest = TimeSpan.FromSeconds(frontEnd + 1);
        var answer = await Cluster.DriveAsync(grain.ListUsersAsync(2_500, InRun("run"), Token), furthest);

        Assert.Null(answer.Failure);
        Assert.Equal(Enumerable.Range(1, users).Select(id => (long)id), answer.Value.Select(user => user.Id));
    }

    [Fact]
    public async Task ListUsers_SlowPortalAgain_BeginsWithWhatWasLearned()
    {
        var (grain, portal) = await ConnectAsync("slow-again", 1_000);
        portal.Settings = portal.Settings with { PageSeconds = 1.5, FrontEndSeconds = 45 };
        await ListAsync(grain);
        Assert.Contains("\"pages\":", Stored("slow-again"), StringComparison.Ordinal);
        var before = Commands(portal).Length;

        await Cluster.ForgetAsync<IBitrix24ConnectionGrain>("slow-again");
        var answer = await ListAsync(grain);

        Assert.Null(answer.Failure);
        Assert.Equal([13, 8], Commands(portal)[before..]);
    }

    [Fact]
    public async Task ListUsers_ConnectionToAnotherPortal_BeginsAnew()
    {
        var (grain, portal) = await ConnectAsync("slow-moved", 1_000);
        portal.Settings = portal.Settings with { PageSeconds = 1.5, FrontEndSeconds = 45 };
        await ListAsync(grain);
        var quick = Cluster.Sandbox.PutPortal("slow-moved-2", users: Enumerable.Range(1, 2_400).Select(ConnectionCluster.User));
        await Cluster.PutAccountAsync("slow-moved", Cluster.Webhook("slow-moved", quick), generation: 2, tokensSince: 1);

        var answer = await ListAsync(grain, Of(2));

        Assert.Equal(2_400, answer.Value.Length);
        Assert.Equal(50, Commands(quick)[0]);
    }

    [Fact]
    public async Task ListUsers_QuickPortal_StoresNothing()
    {
        var (grain, _) = await ConnectAsync("slow-not", 300);

        Assert.Equal(300, (await ListAsync(grain)).Value.Length);

        Assert.Null(Stored("slow-not"));
    }

    [Fact]
    public async Task ListUsers_WhatWasLearnedCannotBeStored_AnswersTheListAllTheSame()
    {
        var (grain, portal) = await ConnectAsync("slow-unstored", 900);
        portal.Settings = portal.Settings with { PageSeconds = 1.5, FrontEndSeconds = 20 };
        Cluster.States.FailWrites(1);

        Assert.Equal(900, (await ListAsync(grain)).Value.Length);

        Assert.Null(Stored("slow-unstored"));
    }

    private Task<CallOutcome<ImmutableArray<PortalUser>>> ListAsync(IBitrix24ConnectionGrain grain, CallContext? context = null) =>
        Cluster.DriveAsync(grain.ListUsersAsync(2_500, context ?? InRun("run"), Token), _furthest);

    private string? Stored(string account) => Cluster.States.JsonOf("bitrix24Connection", GrainKeys.Account(account));

    private int[] Commands(BitrixPortal portal) =>
        [.. Cluster.Sandbox.Requests.Records.Where(record => record.Target == portal.Id).Select(record => record.Commands)];

    private async Task<(IBitrix24ConnectionGrain Grain, BitrixPortal Portal)> ConnectAsync(string name, int users)
    {
        var portal = Cluster.Sandbox.PutPortal(name, users: Enumerable.Range(1, users).Select(ConnectionCluster.User));
        await Cluster.PutAccountAsync(name, Cluster.Webhook(name, portal));
        return (Cluster.Bitrix24(name), portal);
    }
}
