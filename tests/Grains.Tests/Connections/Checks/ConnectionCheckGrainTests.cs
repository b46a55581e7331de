using OrleansSync.Grains.Connections;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Tests.Connections.Cluster;
using OrleansSync.Sandbox.Bitrix24;
using OrleansSync.Sandbox.CallGear;
using OrleansSync.Sandbox.Faults;

namespace OrleansSync.Grains.Tests.Connections.Checks;

public sealed class ConnectionCheckGrainTests(ConnectionCluster cluster) : ConnectionTests(cluster)
{
    [Fact]
    public async Task Check_BothAreWell_AnswersHowManyThereAreWithOneRequestEach()
    {
        var (portal, account) = Vendors("check-well", 50);

        var check = await CheckAsync(portal, account);

        Assert.Equal(new ConnectionCheck(new VendorCheck(50, null), new VendorCheck(2, null)), check);
        Assert.Equal(2, Cluster.Sandbox.Requests.Records.Count(request => request.Target == "check-well"));
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 3)]
    [Trait("Rule", "R8.4")]
    public async Task Check_MoreThanAPage_ReadsTheSecondInTheWayThatWorks(bool plainFiltersOnly, int requests)
    {
        var name = $"check-second-{requests}";
        var (portal, account) = Vendors(name, 120);
        portal.Settings = portal.Settings with { PlainFiltersOnly = plainFiltersOnly };

        var check = await Cluster.DriveAsync(CheckAsync(portal, account));

        Assert.Equal(new VendorCheck(120, null), check.Bitrix24);
        Assert.Equal(requests + 1, Cluster.Sandbox.Requests.Records.Count(request => request.Target == name));
    }

    [Fact]
    [Trait("Rule", "R8.4")]
    public async Task Check_SecondPageIsAlwaysTheFirst_TellsThatTheListCannotBeRead()
    {
        var (portal, account) = Vendors("check-first", 120);
        portal.Settings = portal.Settings with { PlainFiltersOnly = true, IgnoresStart = true };

        var problem = (await Cluster.DriveAsync(CheckAsync(portal, account))).Bitrix24.Problem!;

        Assert.Equal(ProblemCode.InvalidAnswer, problem.Code);
        Assert.Contains("the first 50 of 120 users again", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_SecondPageIsRefused_IsTheProblem()
    {
        var (portal, account) = Vendors("check-refused", 120);
        Cluster.Sandbox.Faults.Add(new Fault
        {
            Kind = FaultKind.Error,
            Code = "OVERLOAD_LIMIT",
            Target = "check-refused",
            Method = "batch",
        });

        Assert.Equal(ProblemCode.Bitrix24Blocked, (await CheckAsync(portal, account)).Bitrix24.Problem?.Code);
    }

    [Fact]
    public async Task Check_OneFails_TheOtherIsAnsweredAllTheSame()
    {
        var (portal, account) = Vendors("check-one", 3);
        account.Settings = account.Settings with { AddressWhitelisted = false };

        var check = await CheckAsync(portal, account);

        Assert.Equal(3, check.Bitrix24.Count);
        Assert.Equal(ProblemCode.CallGearUnauthorized, check.CallGear.Problem?.Code);
        Assert.Null(check.CallGear.Count);
    }

    [Fact]
    public async Task Check_FailsForAPassingReason_IsNotRepeated()
    {
        var (portal, account) = Vendors("check-once", 3);
        Cluster.Sandbox.Faults.Add(new Fault { Kind = FaultKind.Html, Target = "check-once" });

        var check = await CheckAsync(portal, account);

        Assert.Equal((ProblemCode.Unreachable, ProblemCode.Unreachable), (check.Bitrix24.Problem?.Code, check.CallGear.Problem?.Code));
        Assert.Equal(2, Cluster.Sandbox.Requests.Records.Count(request => request.Target == "check-once"));
    }

    [Fact]
    public async Task Check_KeyMayNotSeeContactData_IsBitrix24Scope()
    {
        var (portal, account) = Vendors("check-scope", 3);
        portal.Settings = portal.Settings with { Scopes = ["user_brief"] };

        Assert.Equal(ProblemCode.Bitrix24Scope, (await CheckAsync(portal, account)).Bitrix24.Problem?.Code);
    }

    [Theory]
    [InlineData("check-moved", false)]
    [InlineData("check-moved-oauth", true)]
    [Trait("Rule", "R8.9")]
    public async Task Check_PortalRenamed_NamesTheNewHostAndUsesNoRefreshTokenUp(string name, bool byOAuth)
    {
        var (portal, account) = Vendors(name, 3);
        var connection = Connection(portal, account);
        connection = byOAuth ? connection with { Bitrix24 = Cluster.OAuthAccess(AccountSecrets.NoAccount, portal) } : connection;
        portal.Settings = portal.Settings with { Host = "127.0.0.2", FormerHost = "127.0.0.1" };

        var check = await Grain.CheckAsync(connection, AccountSecrets.NoAccount, Token);

        Assert.Equal(ProblemCode.Bitrix24Moved, check.Bitrix24.Problem?.Code);
        Assert.Contains($" to {portal.ClientEndpoint.Authority}, which", check.Bitrix24.Problem!.Message, StringComparison.Ordinal);
        Assert.Equal(0, portal.Tokens.Renewals);
    }

    [Theory]
    [InlineData("check-closed-cloud", Bitrix24Edition.Cloud, ProblemCode.Bitrix24Blocked)]
    [InlineData("check-closed-own", Bitrix24Edition.OnPremise, ProblemCode.Unreachable)]
    [Trait("Rule", "R8.9")]
    public async Task Check_PortalDeleted_PassesOnPremiseAlone(string name, Bitrix24Edition edition, ProblemCode expected)
    {
        var (portal, account) = Vendors(name, 3);
        portal.Settings = portal.Settings with { Status = PortalStatus.Deleted };
        var connection = Connection(portal, account);
        connection = connection with { Bitrix24 = connection.Bitrix24 with { Edition = edition } };

        var check = await Grain.CheckAsync(connection, AccountSecrets.NoAccount, Token);

        Assert.Equal(expected, check.Bitrix24.Problem?.Code);
    }

    [Fact]
    public async Task Check_PortalWithoutUsers_IsNoMatterOfScope()
    {
        var (portal, account) = Vendors("check-empty", 0);

        Assert.Equal(new VendorCheck(0, null), (await CheckAsync(portal, account)).Bitrix24);
    }

    [Fact]
    public async Task Check_SecretsAreMissing_SaysSoWithoutCallingAnybody()
    {
        var (portal, account) = Vendors("check-missing", 3);
        var connection = Connection(portal, account);

        var check = await Grain.CheckAsync(
            connection with
            {
                Bitrix24 = connection.Bitrix24 with { WebhookUrl = null },
                CallGear = connection.CallGear with { AccessToken = null },
            },
            AccountSecrets.NoAccount,
            Token);

        Assert.Equal(
            (ProblemCode.Bitrix24Unauthorized, ProblemCode.CallGearUnauthorized),
            (check.Bitrix24.Problem?.Code, check.CallGear.Problem?.Code));
        Assert.DoesNotContain(Cluster.Sandbox.Requests.Records, request => request.Target == "check-missing");
    }

    private IConnectionCheckGrain Grain => Cluster.Grains.GetGrain<IConnectionCheckGrain>("check");

    private (BitrixPortal Portal, CallGearAccount Account) Vendors(string name, int users) => (
        Cluster.Sandbox.PutPortal(name, users: Enumerable.Range(1, users).Select(ConnectionCluster.User)),
        Cluster.Sandbox.PutAccount(name, employees: [new Employee { LastName = "Lee" }, new Employee { LastName = "Roe" }]));

    private AccountConnection Connection(BitrixPortal portal, CallGearAccount account) => new()
    {
        DisplayName = "Acme",
        Bitrix24 = Cluster.Webhook(AccountSecrets.NoAccount, portal),
        CallGear = Cluster.Key(AccountSecrets.NoAccount, account),
        Settings = Interfaces.Accounts.AccountSettings.Default,
    };

    private Task<ConnectionCheck> CheckAsync(BitrixPortal portal, CallGearAccount account) =>
        Grain.CheckAsync(Connection(portal, account), AccountSecrets.NoAccount, Token);
}
