using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace OrleansSync.Storage.Tests;

/// <summary>Clean-up of silos that are dead for long.</summary>
public sealed partial class MembershipTests
{
    [Fact]
    public async Task CleanUp_WhenSilosAreDeadForLong_RemovesThemAndNoOthers()
    {
        var table = await NewTableAsync();
        var (dead, suspected, recent, active) = (NewSilo(), NewSilo(), NewSilo(), NewSilo());
        dead.Status = suspected.Status = recent.Status = SiloStatus.Dead;
        active.Status = SiloStatus.Active;
        recent.IAmAliveTime = _started.AddDays(8);
        suspected.SuspectTimes = [Tuple.Create(active.SiloAddress, _started.AddDays(1))];
        foreach (var silo in (MembershipEntry[])[dead, suspected, recent, active])
        {
            Assert.True(await InsertAsync(table, silo));
            Assert.True(await UpdateAsync(table, silo));
        }

        await table.CleanupDefunctSiloEntriesAsync(_started.AddDays(7), Stop);

        var left = (await table.ReadAllAsync(Stop)).Members.Select(member => member.Item1.SiloAddress).ToHashSet();
        Assert.Equal([recent.SiloAddress, active.SiloAddress], left);
    }

    [Fact]
    public async Task CleanUp_WhateverTheVotesAre_RemovesWhatIsDeadAndOlderAndNothingElse()
    {
        var table = await NewTableAsync();
        var (old, dead, recent) = await InsertOfEveryKindAsync(table);

        await table.CleanupDefunctSiloEntriesAsync(_started.AddDays(7), Stop);

        Assert.Equal([.. old.Except(dead).Concat(recent).Order()], await AddressesAsync(table));
    }

    [Fact]
    public async Task CleanUp_ByTheStatementForAllAtOnce_RemovesWhatIsDeadAndOlderAndNothingElse()
    {
        // The provider prefers the statement for one silo; this one is for those that do not know that.
        var clusterId = NewClusterId();
        var table = await NewTableAsync(clusterId);
        var (old, dead, recent) = await InsertOfEveryKindAsync(table);

        await using var command = fixture.Host.Services.GetRequiredService<NpgsqlDataSource>()
            .CreateCommand(SchemaScripts.Load("PostgreSql").Queries["CleanupDefunctSiloEntriesKey"]);
        command.Parameters.AddWithValue("DeploymentId", clusterId);
        command.Parameters.AddWithValue("IAmAliveTime", _started.AddDays(7));
        await command.ExecuteNonQueryAsync(Stop);

        Assert.Equal([.. old.Except(dead).Concat(recent).Order()], await AddressesAsync(table));
    }

    /// <summary>
    /// Inserts silos in every state with every kind of votes, started a week before the clean-up of these tests, and one that cannot go for
    /// each newer time.
    /// </summary>
    /// <returns>All that are old; those of them that are dead; those that are dead but have something newer.</returns>
    private async Task<(List<SiloAddress> Old, List<SiloAddress> Dead, List<SiloAddress> Recent)> InsertOfEveryKindAsync(
        IMembershipTable table)
    {
        var (old, dead, recent) = (new List<SiloAddress>(), new List<SiloAddress>(), new List<SiloAddress>());
        var voter = NewSilo().SiloAddress;
        var oldVote = Tuple.Create(voter, _started.AddDays(7).AddMilliseconds(-1));
        foreach (var status in Enum.GetValues<SiloStatus>())
        {
            foreach (var votes
                in (List<Tuple<SiloAddress, DateTime>>?[])[null, [], [oldVote], [oldVote, Tuple.Create(NewSilo().SiloAddress, _started)]])
            {
                var silo = NewSilo();
                (silo.Status, silo.SuspectTimes) = (status, votes);
                await PutAsync(table, silo);
                old.Add(silo.SiloAddress);
                if (status == SiloStatus.Dead)
                {
                    dead.Add(silo.SiloAddress);
                }
            }
        }

        var (alive, started, voted) = (NewSilo(), NewSilo(), NewSilo());
        alive.IAmAliveTime = started.StartTime = _started.AddDays(7);
        voted.SuspectTimes = [oldVote, Tuple.Create(NewSilo().SiloAddress, _started.AddDays(7))];
        foreach (var silo in (MembershipEntry[])[alive, started, voted])
        {
            silo.Status = SiloStatus.Dead;
            await PutAsync(table, silo);
            recent.Add(silo.SiloAddress);
        }

        return (old, dead, recent);
    }
}
