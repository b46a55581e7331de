using OrleansSync.Grains.Connections;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Tests.Connections.Cluster;
using OrleansSync.Sandbox.CallGear;
using OrleansSync.Sandbox.Faults;
using AccountSettings = OrleansSync.Grains.Interfaces.Accounts.AccountSettings;

namespace OrleansSync.Grains.Tests.Connections.Checks;

/// <summary>R7.3: the employee group is tried together with the connection.</summary>
[Trait("Rule", "R7.3")]
public sealed class GroupCheckTests(ConnectionCluster cluster) : ConnectionTests(cluster)
{
    private const string Read = "get.group_employees";

    [Fact]
    public async Task Check_GroupIsThere_HasNoProblem()
    {
        var account = Account("check-group");

        var check = await CheckAsync(account, groupId: 9);

        Assert.Equal(new ConnectionCheck(new VendorCheck(1, null), new VendorCheck(1, null)), check);
        Assert.Single(Requests(account), request => request.Method == Read);
    }

    [Fact]
    public async Task Check_NoGroupIsNamed_ReadsNone()
    {
        var account = Account("check-group-none");

        Assert.Null((await CheckAsync(account, groupId: null)).Group);
        Assert.DoesNotContain(Requests(account), request => request.Method == Read);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(0)]
    public async Task Check_GroupIsMissing_IsGroupRejectedWithTheNumberOfEmployees(long groupId)
    {
        var check = await CheckAsync(Account($"check-group-missing{groupId}"), groupId);

        Assert.Equal(new VendorCheck(1, null), check.CallGear);
        Assert.Equal(ProblemCode.GroupRejected, check.Group?.Code);
        Assert.Contains($"CallGear has no employee group {groupId}.", check.Group!.Message, StringComparison.Ordinal);
        Assert.Contains("responsibleGroupId", check.Group.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_CallGearRefusesToShowTheGroup_SaysWhichAndWhyAndWhatToDo()
    {
        var account = Account("check-group-refused");
        account.Settings = account.Settings with { DisabledMethods = [Read] };

        var check = await CheckAsync(account, groupId: 9);

        Assert.Equal((1, ProblemCode.GroupRejected), (check.CallGear.Count, check.Group?.Code));
        Assert.Contains("employee group 9: ", check.Group!.Message, StringComparison.Ordinal);
        Assert.Contains("responsibleGroupId", check.Group.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FaultKind.Html, ProblemCode.Unreachable)]
    [InlineData(FaultKind.RateLimit, ProblemCode.RateLimited)]
    [InlineData(FaultKind.MalformedJson, ProblemCode.InvalidAnswer)]
    public async Task Check_GroupCannotBeReadJustNow_KeepsTheCode(FaultKind fault, ProblemCode code)
    {
        var account = Account($"check-group-{code}");
        Cluster.Sandbox.Faults.Add(new Fault { Kind = fault, Target = account.Id, Method = Read });

        Assert.Equal(code, (await CheckAsync(account, groupId: 9)).Group?.Code);
        Assert.Single(Requests(account), request => request.Method == Read);
    }

    [Fact]
    public async Task Check_CallGearSideCannotBeRead_DoesNotAskForTheGroup()
    {
        var account = Account("check-group-away");
        account.Settings = account.Settings with { Active = false };

        var check = await CheckAsync(account, groupId: 7);

        Assert.Equal(ProblemCode.CallGearBlocked, check.CallGear.Problem?.Code);
        Assert.Null(check.Group);
    }

    private IEnumerable<Sandbox.Requests.RequestRecord> Requests(CallGearAccount account) =>
        Cluster.Sandbox.Requests.Records.Where(request => request.Target == account.Id);

    private CallGearAccount Account(string name) => Cluster.Sandbox.PutAccount(
        name, employees: [new Employee { LastName = "Lee" }], groups: [new EmployeeGroup { Id = 9, Name = "Sales", Members = [] }]);

    private Task<ConnectionCheck> CheckAsync(CallGearAccount account, long? groupId) =>
        Cluster.Grains.GetGrain<IConnectionCheckGrain>("check").CheckAsync(
            new AccountConnection
            {
                DisplayName = "Acme",
                Bitrix24 = Cluster.Webhook(
                    AccountSecrets.NoAccount, Cluster.Sandbox.PutPortal(account.Id, users: [ConnectionCluster.User(1)])),
                CallGear = Cluster.Key(AccountSecrets.NoAccount, account),
                Settings = AccountSettings.Default with { ResponsibleGroupId = groupId },
            },
            AccountSecrets.NoAccount,
            Token);
}
