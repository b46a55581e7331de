using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Configuration;

namespace OrleansSync.Storage.Tests;

/// <summary>The statements behind Orleans' membership table and gateway list, through Orleans' own provider.</summary>
public sealed partial class MembershipTests(PostgreSqlFixture fixture) : IClassFixture<PostgreSqlFixture>
{
    private static readonly DateTime _started = new(2026, 3, 29, 1, 0, 0, 123, DateTimeKind.Utc);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Table_WhenNew_HasVersionZeroAndNoSilos()
    {
        var data = await (await NewTableAsync()).ReadAllAsync(Stop);

        Assert.Equal(0, data.Version.Version);
        Assert.Empty(data.Members);
    }

    [Fact]
    public async Task Initialize_WhenRepeated_KeepsTheVersion()
    {
        var table = await NewTableAsync();
        await InsertAsync(table, NewSilo());
        await table.InitializeMembershipTableAsync(true, Stop);

        Assert.Equal(1, (await table.ReadAllAsync(Stop)).Version.Version);
    }

    [Fact]
    public async Task Insert_WhenVersionFits_CanBeReadBackExactly()
    {
        var table = await NewTableAsync();
        var silo = NewSilo();
        Assert.True(await InsertAsync(table, silo));

        var data = await table.ReadRowAsync(silo.SiloAddress, Stop);

        var read = Assert.Single(data.Members).Item1;
        Assert.Equal(1, data.Version.Version);
        Assert.Equal(
            (silo.SiloAddress, "name", "host", SiloStatus.Joining, 30000, _started, _started),
            (read.SiloAddress, read.SiloName, read.HostName, read.Status, read.ProxyPort, read.StartTime, read.IAmAliveTime));
    }

    [Fact]
    public async Task Insert_WhenVersionIsStale_ChangesNothing()
    {
        var table = await NewTableAsync();
        var stale = (await table.ReadAllAsync(Stop)).Version;
        await InsertAsync(table, NewSilo());

        Assert.False(await table.InsertRowAsync(NewSilo(), stale.Next(), Stop));

        var data = await table.ReadAllAsync(Stop);
        Assert.Equal(1, data.Version.Version);
        Assert.Single(data.Members);
    }

    [Fact]
    public async Task Insert_WhenSiloIsThereAlready_ChangesNothing()
    {
        var table = await NewTableAsync();
        var silo = NewSilo();
        await InsertAsync(table, silo);

        Assert.False(await InsertAsync(table, silo));

        Assert.Equal(1, (await table.ReadAllAsync(Stop)).Version.Version);
    }

    [Fact]
    public async Task Insert_WhenManyRace_OneWins()
    {
        var table = await NewTableAsync();
        var version = (await table.ReadAllAsync(Stop)).Version.Next();

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(_ => Task.Run(() => table.InsertRowAsync(NewSilo(), version, Stop))));

        Assert.Equal(1, outcomes.Count(inserted => inserted));
        var data = await table.ReadAllAsync(Stop);
        Assert.Equal((1, 1), (data.Version.Version, data.Members.Count));
    }

    [Fact]
    public async Task Update_WhenVersionFits_ChangesSiloAndVersion()
    {
        var table = await NewTableAsync();
        var silo = NewSilo();
        await InsertAsync(table, silo);
        silo.Status = SiloStatus.Active;
        silo.SuspectTimes = [Tuple.Create(NewSilo().SiloAddress, _started)];
        Assert.True(await UpdateAsync(table, silo));

        var data = await table.ReadRowAsync(silo.SiloAddress, Stop);
        var read = Assert.Single(data.Members).Item1;
        Assert.Equal((2, SiloStatus.Active), (data.Version.Version, read.Status));
        Assert.Equal(silo.SuspectTimes, read.SuspectTimes);
    }

    [Fact]
    public async Task Update_WhenVersionIsStaleOrSiloIsMissing_ChangesNothing()
    {
        var table = await NewTableAsync();
        var silo = NewSilo();
        var stale = (await table.ReadAllAsync(Stop)).Version;
        await InsertAsync(table, silo);

        Assert.False(await table.UpdateRowAsync(silo, stale.VersionEtag, stale.Next(), Stop));
        Assert.False(await UpdateAsync(table, NewSilo()));

        Assert.Equal(1, (await table.ReadAllAsync(Stop)).Version.Version);
    }

    [Fact]
    public async Task UpdateIAmAlive_WhenSiloIsThere_ChangesItsTimeAndNotTheVersion()
    {
        var table = await NewTableAsync();
        var silo = NewSilo();
        await InsertAsync(table, silo);
        silo.IAmAliveTime = _started.AddMinutes(5);
        await table.UpdateIAmAliveAsync(silo, Stop);

        var data = await table.ReadAllAsync(Stop);
        Assert.Equal((1, _started.AddMinutes(5)), (data.Version.Version, Assert.Single(data.Members).Item1.IAmAliveTime));
    }

    [Fact]
    public async Task UpdateIAmAlive_WhenOlderThanWhatIsStored_KeepsTheNewerTime()
    {
        var table = await NewTableAsync();
        var silo = NewSilo();
        await InsertAsync(table, silo);
        silo.IAmAliveTime = _started.AddMinutes(5);
        await table.UpdateIAmAliveAsync(silo, Stop);
        silo.IAmAliveTime = _started.AddMinutes(4);
        await table.UpdateIAmAliveAsync(silo, Stop);

        Assert.Equal(_started.AddMinutes(5), await IAmAliveTimeAsync(table, silo));
    }

    [Fact]
    public async Task Update_WhenItsSignOfLifeIsOlderThanWhatIsStored_KeepsTheNewerTime()
    {
        // Whoever votes against a silo writes back the row that it read; a sign of life in between does not change the version.
        var table = await NewTableAsync();
        var silo = NewSilo();
        await InsertAsync(table, silo);
        var read = Assert.Single((await table.ReadRowAsync(silo.SiloAddress, Stop)).Members).Item1;
        silo.IAmAliveTime = _started.AddMinutes(5);
        await table.UpdateIAmAliveAsync(silo, Stop);
        read.Status = SiloStatus.Active;
        Assert.True(await UpdateAsync(table, read));

        Assert.Equal(_started.AddMinutes(5), await IAmAliveTimeAsync(table, silo));
        read.IAmAliveTime = _started.AddMinutes(6);
        Assert.True(await UpdateAsync(table, read));
        Assert.Equal(_started.AddMinutes(6), await IAmAliveTimeAsync(table, silo));
    }

    [Fact]
    public async Task Delete_OfACluster_LeavesOthersAlone()
    {
        var (one, other) = (NewClusterId(), NewClusterId());
        var (gone, kept) = (await NewTableAsync(one), await NewTableAsync(other));
        await InsertAsync(gone, NewSilo());
        await InsertAsync(kept, NewSilo());
        await gone.DeleteMembershipTableEntriesAsync(one, Stop);

        await gone.InitializeMembershipTableAsync(true, Stop);
        Assert.Empty((await gone.ReadAllAsync(Stop)).Members);
        Assert.Single((await kept.ReadAllAsync(Stop)).Members);
    }

    [Fact]
    public async Task Gateways_WhenSilosAreActiveAndHaveAGateway_AreListed()
    {
        var clusterId = NewClusterId();
        var table = await NewTableAsync(clusterId);
        var (active, joining, without) = (NewSilo(), NewSilo(), NewSilo());
        active.Status = without.Status = SiloStatus.Active;
        without.ProxyPort = 0;
        foreach (var silo in (MembershipEntry[])[active, joining, without])
        {
            await InsertAsync(table, silo);
        }

        var gateways = ActivatorUtilities.CreateInstance<Orleans.Runtime.Membership.AdoNetGatewayListProvider>(
            fixture.Host.Services, Options(clusterId), Microsoft.Extensions.Options.Options.Create(new GatewayOptions()),
            Microsoft.Extensions.Options.Options.Create(new AdoNetClusteringClientOptions
            {
                Invariant = "Npgsql",
                DataSource = fixture.Host.Services.GetRequiredService<NpgsqlDataSource>(),
            }));
        await gateways.InitializeGatewayListProvider();
        var listed = Assert.Single(await gateways.GetGateways());

        Assert.Equal(30000, listed.Port);
        Assert.Equal(active.SiloAddress.Endpoint.Address.ToString(), listed.Host);
    }

    private string NewClusterId() => "cluster-" + fixture.NextName();

    private Task<IMembershipTable> NewTableAsync() => NewTableAsync(NewClusterId());

    private async Task<IMembershipTable> NewTableAsync(string clusterId)
    {
        var table = (IMembershipTable)ActivatorUtilities.CreateInstance<Orleans.Runtime.MembershipService.AdoNetClusteringTable>(
            fixture.Host.Services, Options(clusterId));
        await table.InitializeMembershipTableAsync(true, Stop);
        return table;
    }

    private static Microsoft.Extensions.Options.IOptions<ClusterOptions> Options(string clusterId) =>
        Microsoft.Extensions.Options.Options.Create(new ClusterOptions { ClusterId = clusterId, ServiceId = "test" });

    private MembershipEntry NewSilo() => new()
    {
        SiloAddress = SiloAddress.New(
            IPAddress.Parse("10.0.0.7"), 11111, int.Parse(fixture.NextName()[1..], System.Globalization.CultureInfo.InvariantCulture)),
        SiloName = "name",
        HostName = "host",
        Status = SiloStatus.Joining,
        ProxyPort = 30000,
        StartTime = _started,
        IAmAliveTime = _started,
    };

    /// <summary>Inserts and updates, because votes come with an update only.</summary>
    private static async Task PutAsync(IMembershipTable table, MembershipEntry silo)
    {
        Assert.True(await InsertAsync(table, silo));
        Assert.True(await UpdateAsync(table, silo));
    }

    private static async Task<List<SiloAddress>> AddressesAsync(IMembershipTable table) =>
        [.. (await table.ReadAllAsync(Stop)).Members.Select(member => member.Item1.SiloAddress).Order()];

    private static async Task<DateTime> IAmAliveTimeAsync(IMembershipTable table, MembershipEntry silo) =>
        Assert.Single((await table.ReadRowAsync(silo.SiloAddress, Stop)).Members).Item1.IAmAliveTime;

    private static async Task<bool> InsertAsync(IMembershipTable table, MembershipEntry silo) =>
        await table.InsertRowAsync(silo, (await table.ReadAllAsync(Stop)).Version.Next(), Stop);

    private static async Task<bool> UpdateAsync(IMembershipTable table, MembershipEntry silo)
    {
        // The provider gives every row the version of the table as its ETag.
        var version = (await table.ReadAllAsync(Stop)).Version;
        return await table.UpdateRowAsync(silo, version.VersionEtag, version.Next(), Stop);
    }
}
