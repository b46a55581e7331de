using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Tests.Connections.Cluster;
using OrleansSync.Sandbox.CallGear;
using OrleansSync.Sandbox.Faults;
using AccountSettings = OrleansSync.Sandbox.CallGear.AccountSettings;

namespace OrleansSync.Grains.Tests.Connections.CallGear;

/// <summary>R7.3.</summary>
public sealed class GroupMembershipTests(ConnectionCluster cluster) : ConnectionTests(cluster)
{
    private const string Update = "update.group_employees";

    [Fact]
    public async Task SetGroupMembers_Others_ReplacesThemAndKeepsTheRest()
    {
        var (grain, account) = await ConnectAsync("group-change");

        var answer = await grain.SetGroupMembersAsync(9, [3, 1], ByHand, Token);

        Assert.Null(answer.Failure);
        Assert.True(answer.Value);
        var group = account.FindGroup(9)!;
        Assert.Equal([1L, 3L], group.Members);
        Assert.Equal(("Sales", 4), (group.Name, group.ChannelsCount));
        Assert.Equal(2, answer.Calls);
    }

    [Fact]
    public async Task SetGroupMembers_SameInAnotherOrder_WritesNothing()
    {
        var (grain, account) = await ConnectAsync("group-same");

        var answer = await grain.SetGroupMembersAsync(9, [1, 2], ByHand, Token);

        Assert.Null(answer.Failure);
        Assert.False(answer.Value);
        Assert.Equal(1, answer.Calls);
        Assert.Equal([2L, 1L], account.FindGroup(9)!.Members);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(0)]
    public async Task SetGroupMembers_GroupIsMissing_IsGroupRejectedAndGone(long groupId)
    {
        var (grain, _) = await ConnectAsync($"group-missing{groupId}");

        var answer = await grain.SetGroupMembersAsync(groupId, [1], ByHand, Token);

        Assert.Equal(ProblemCode.GroupRejected, answer.Failure?.Problem.Code);
        Assert.True(answer.Failure!.IsGone);
    }

    [Fact]
    public async Task SetGroupMembers_MemberIsUnknown_IsGroupRejectedAndTheGroupIsNotGone()
    {
        var (grain, _) = await ConnectAsync("group-member");

        var answer = await grain.SetGroupMembersAsync(9, [1, 99], ByHand, Token);

        Assert.Equal(ProblemCode.GroupRejected, answer.Failure?.Problem.Code);
        Assert.Contains("There is no employee 99", answer.Failure!.Problem.Message, StringComparison.Ordinal);
        Assert.False(answer.Failure.IsGone);
    }

    [Fact]
    public async Task SetGroupMembers_AccountIsOff_KeepsTheAccountsCode()
    {
        var (grain, account) = await ConnectAsync("group-account");
        account.Settings = account.Settings with { Active = false };

        var answer = await grain.SetGroupMembersAsync(9, [1], ByHand, Token);

        Assert.Equal(ProblemCode.CallGearBlocked, answer.Failure?.Problem.Code);
    }

    [Theory]
    [InlineData("get.group_employees")]
    [InlineData("update.group_employees")]
    public async Task SetGroupMembers_NoRightOrComponent_IsTheGroups(string method)
    {
        var (grain, account) = await ConnectAsync($"group-{method}");
        foreach (var settings in new[]
        {
            new AccountSettings { ForbiddenMethods = [method] },
            new AccountSettings { DisabledMethods = [method] },
            new AccountSettings { DisabledParameters = [$"{method}:{(method == Update ? "members" : "filter")}"] },
        })
        {
            account.Settings = settings;

            var answer = await grain.SetGroupMembersAsync(9, [1], ByHand, Token);

            Assert.Equal((ProblemCode.GroupRejected, false), (answer.Failure?.Problem.Code, answer.Failure!.ConcernsAccount));
            Assert.Contains("employee group 9", answer.Failure.Problem.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("update.group_employees:channels_count")]
    [InlineData("get.group_employees:fields.channels_count")]
    [InlineData("channels_count")]
    public async Task SetGroupMembers_PlanLacksTheLines_LeavesThemOut(string parameter)
    {
        var (grain, account) = await ConnectAsync($"group-lines-{parameter.Length}");
        account.Settings = new AccountSettings { DisabledParameters = [parameter, "update.group_employees:channels_count"] };

        var answer = await grain.SetGroupMembersAsync(9, [3], ByHand, Token);

        Assert.Null(answer.Failure);
        var group = account.FindGroup(9)!;
        Assert.Equal([3L], group.Members);
        Assert.Equal(4, group.ChannelsCount);
        Assert.Equal(3, answer.Calls);
    }

    [Fact]
    public async Task SetGroupMembers_LinesAsTheyWereAreRefused_LeavesThemOut()
    {
        var (grain, account) = await ConnectAsync("group-old-lines");
        Cluster.Sandbox.Faults.Add(new Fault
        {
            Kind = FaultKind.Error,
            Target = account.Id,
            Method = Update,
            Code = "invalid_parameter_value",
            Field = "channels_count",
            ParameterContains = "channels_count",
        });
        account.Settings = new AccountSettings { DisabledParameters = ["update.group_employees:channels_count"] };

        Assert.Null((await grain.SetGroupMembersAsync(9, [3], ByHand, Token)).Failure);
        Assert.Equal([3L], account.FindGroup(9)!.Members);
    }

    [Fact]
    public async Task SetGroupMembers_AnswerLostButCarriedOut_IsFoundByReading()
    {
        var (grain, account) = await ConnectAsync("group-lost");
        Cluster.Sandbox.Faults.Add(new Fault { Kind = FaultKind.Drop, Executed = true, Target = account.Id, Method = Update });

        var answer = await grain.SetGroupMembersAsync(9, [3], ByHand, Token);

        Assert.Null(answer.Failure);
        Assert.True(answer.Value);
        Assert.Equal(3, answer.Calls);
    }

    [Fact]
    public async Task SetGroupMembers_LostAndNotCarriedOut_IsSentOnceMore()
    {
        var (grain, account) = await ConnectAsync("group-again");
        Cluster.Sandbox.Faults.Add(new Fault { Kind = FaultKind.Drop, Times = 1, Target = account.Id, Method = Update });

        var answer = await grain.SetGroupMembersAsync(9, [3], ByHand, Token);

        Assert.Null(answer.Failure);
        Assert.Equal([3L], account.FindGroup(9)!.Members);
        Assert.Equal(4, answer.Calls);
    }

    [Fact]
    public async Task SetGroupMembers_AlwaysLost_GivesUpAfterTheSecondWrite()
    {
        var (grain, account) = await ConnectAsync("group-never");
        Cluster.Sandbox.Faults.Add(new Fault { Kind = FaultKind.Drop, Target = account.Id, Method = Update });

        var answer = await grain.SetGroupMembersAsync(9, [3], ByHand, Token);

        Assert.Equal(ProblemCode.Unreachable, answer.Failure?.Problem.Code);
        Assert.True(answer.Failure!.IsOutcomeUnknown);
        Assert.Equal(5, answer.Calls);
    }

    private async Task<(ICallGearConnectionGrain Grain, CallGearAccount Account)> ConnectAsync(string name)
    {
        var account = Cluster.Sandbox.PutAccount(
            name,
            employees: Enumerable.Range(1, 3).Select(id => new Employee { Id = id, LastName = $"Lee {id}" }),
            groups: [new EmployeeGroup { Id = 9, Name = "Sales", ChannelsCount = 4, Members = [2, 1] }]);
        await Cluster.PutAccountAsync(name, callGear: Cluster.Key(name, account));
        return (Cluster.CallGear(name), account);
    }
}
