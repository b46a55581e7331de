using System.Text.Json.Nodes;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Portals;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Tests.Portals;

/// <summary>R6.2, R8.4, R8.8: users whom lists leave out although a call by id answers them, as real portals do.</summary>
[Trait("Rule", "R6.2")]
public sealed class OmittedUserTests(PortalCluster cluster) : PortalTests(cluster)
{
    private const int Team = 12;

    public static TheoryData<string, string> WaysOut => new()
    {
        { "extranet", """{"USER_TYPE":"extranet"}""" },
        { "no-department", """{"UF_DEPARTMENT":null}""" },
        { "department-false", """{"UF_DEPARTMENT":false}""" },
        { "department-empty", """{"UF_DEPARTMENT":[]}""" },
        { "department-zero", """{"UF_DEPARTMENT":[0]}""" },
    };

    [Theory]
    [MemberData(nameof(WaysOut))]
    public async Task LinkedUser_ThatTheListLeavesOut_CountsAsDeleted(string way, string fields)
    {
        var account = $"omitted-{way}";
        var portal = await ConnectAsync(account);
        Change(account, 4, fields);

        var planned = await PortalCluster.SynchronizeAsync(portal, dryRun: true);
        var run = await PortalCluster.SynchronizeAsync(portal);
        var next = await PortalCluster.SynchronizeAsync(portal);

        Assert.Equal((RunStatus.Succeeded, 1), (planned.Status, planned.Counts.RemovedFromResponsible));
        Assert.Equal((RunStatus.Succeeded, 1), (run.Status, run.Counts.RemovedFromResponsible));
        Assert.Equal((RunStatus.Succeeded, Team - 1, 1), (next.Status, next.Counts.Matched, next.Calls.Bitrix24));
        Assert.Equal(EmployeeOutcome.Deleted, (await RowAsync(portal, 4)).Outcome);
    }

    [Fact]
    public async Task LinkedUser_ThatIsListedAgain_IsResponsibleAgain()
    {
        var portal = await ConnectAsync("omitted-back");
        Change("omitted-back", 4, """{"UF_DEPARTMENT":false}""");
        await PortalCluster.SynchronizeAsync(portal);
        Change("omitted-back", 4, """{"UF_DEPARTMENT":[3]}""");

        var run = await PortalCluster.SynchronizeAsync(portal);

        Assert.Equal((RunStatus.Succeeded, Team, 1), (run.Status, run.Counts.Matched, run.Counts.AddedToResponsible));
    }

    [Fact]
    public async Task Look_UpsThatTheKeyMayNotMake_AreNoProofEither()
    {
        var portal = await ConnectAsync("omitted-common-key");
        Cluster.Sandbox.Portal("omitted-common-key").Settings =
            Cluster.Sandbox.Portal("omitted-common-key").Settings with { KeyIsAdministrators = false };
        Change("omitted-common-key", 4, """{"UF_DEPARTMENT":false}""");

        Assert.Equal(1, (await PortalCluster.SynchronizeAsync(portal)).Counts.RemovedFromResponsible);
    }

    [Fact]
    [Trait("Rule", "R8.1")]
    public async Task ManyOfThem_AreHeld_AndDoNotMakeTheListBroken()
    {
        var portal = await ConnectAsync("omitted-many");
        foreach (var id in Enumerable.Range(1, 11))
        {
            Change("omitted-many", id, """{"UF_DEPARTMENT":false}""");
        }

        var run = await PortalCluster.SynchronizeAsync(portal);

        Assert.Equal((RunStatus.Held, ProblemCode.DeletionGuard), (run.Status, run.Error?.Code));
        Assert.Equal(Team, (await portal.ListResponsibleAsync())!.Value.Length);
    }

    [Fact]
    [Trait("Rule", "R8.4")]
    public async Task OneWhoShouldBeListed_AmongThem_MakesTheListBroken()
    {
        var portal = await ConnectAsync("omitted-and-lost");
        Change("omitted-and-lost", 4, """{"UF_DEPARTMENT":false}""");
        Cluster.Sandbox.Faults.Add(new Sandbox.Faults.Fault
        {
            Kind = Sandbox.Faults.FaultKind.LostItems,
            Target = "omitted-and-lost",
            Method = "user.get",
            Times = 1,
            Amount = 1,
        });

        var run = await PortalCluster.SynchronizeAsync(portal);

        Assert.Equal((RunStatus.Failed, ProblemCode.InvalidAnswer), (run.Status, run.Error?.Code));
        Assert.Equal(Team, (await portal.ListResponsibleAsync())!.Value.Length);
    }

    [Theory]
    [InlineData(Bitrix24Edition.Cloud)]
    [InlineData(Bitrix24Edition.OnPremise)]
    [Trait("Rule", "R8.8")]
    public async Task OneUser_ThatTheListLeavesOut_ComesToWhatARunForAllDoes(Bitrix24Edition edition)
    {
        var account = $"omitted-alone-{edition}".ToLowerInvariant();
        var portal = await ConnectAsync(account);
        var connection = Cluster.Connection(account);
        await portal.ConnectAsync(connection with { Bitrix24 = connection.Bitrix24 with { Edition = edition } });
        Change(account, 4, """{"UF_DEPARTMENT":false}""");
        Cluster.Sandbox.Portal(account).PutUser(PortalCluster.User(20).With("UF_DEPARTMENT", false));

        var known = await PortalCluster.SynchronizeAsync(portal, onlyUser: 4);
        var stranger = await PortalCluster.SynchronizeAsync(portal, onlyUser: 20);
        var all = await PortalCluster.SynchronizeAsync(portal);

        Assert.Equal((RunStatus.Succeeded, 1), (known.Status, known.Counts.RemovedFromResponsible));
        Assert.Equal((RunStatus.Succeeded, 0), (stranger.Status, stranger.Counts.Users));
        Assert.Equal((RunStatus.Succeeded, Team - 1, 0), (all.Status, all.Counts.Users, all.Counts.RemovedFromResponsible));
        Assert.Null(await portal.GetEmployeeAsync(20));
    }

    [Fact]
    [Trait("Rule", "R8.8")]
    public async Task OneUserWithoutADepartment_InAPortalThatListsIt_IsImported()
    {
        var portal = await Cluster.ConnectAsync("listed-all-the-same", Team);
        Cluster.Sandbox.Portal("listed-all-the-same").PutUser(PortalCluster.User(20).With("UF_DEPARTMENT", false));

        Assert.Equal(1, (await PortalCluster.SynchronizeAsync(portal, onlyUser: 20)).Counts.Created);
    }

    [Fact]
    [Trait("Rule", "R8.8")]
    public async Task OneUser_WhoIsListed_CostsNoList()
    {
        var portal = await ConnectAsync("listed-alone");

        Assert.Equal(1, (await PortalCluster.SynchronizeAsync(portal, onlyUser: 4)).Calls.Bitrix24);
    }

    private async Task<IPortalGrain> ConnectAsync(string account)
    {
        var portal = await Cluster.ConnectAsync(account, Team);
        Cluster.Sandbox.Portal(account).Settings = Cluster.Sandbox.Portal(account).Settings with { ListsStaffOnly = true };
        return portal;
    }

    private void Change(string account, int id, string fields) => Cluster.Sandbox.Portal(account).ChangeUser(
        id, user => JsonNode.Parse(fields)!.AsObject().Aggregate(user, (changed, field) => changed.With(field.Key, field.Value)));

    private static async Task<EmployeeRow> RowAsync(IPortalGrain portal, long user) => (await portal.GetEmployeeAsync(user))!.Row;
}
