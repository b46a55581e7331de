using OrleansSync.Grains.Connections;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Tests.Connections.Cluster;
using OrleansSync.Sandbox.Bitrix24;
using OrleansSync.Sandbox.CallGear;
using OrleansSync.Sandbox.Faults;

namespace OrleansSync.Grains.Tests.Connections.Credentials;

/// <summary>A call is made for one generation of the account's connection: under another nothing is sent.</summary>
public sealed class GenerationTests(ConnectionCluster cluster) : ConnectionTests(cluster)
{
    private int _created;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task AnyCall_OfAnotherGeneration_IsRefusedAndNothingIsSent(long generation)
    {
        var name = $"generation-other-{generation}";
        await ConnectAsync(name, name, generation: 2);

        foreach (var failure in await CallAsync(name, Of(generation)))
        {
            Assert.True(failure is { IsOutdated: true, ConcernsAccount: true, IsOutcomeUnknown: false, IsGone: false });
            Assert.Equal(ProblemCode.Interrupted, failure!.Problem.Code);
            Assert.Equal(
                $"The connection of account {name} was changed (or the account disconnected) while this run was under way; "
                + "nothing was sent. The next import uses the new one.",
                failure.Problem.Message);
        }

        Assert.Equal(0, Sent(name));
    }

    [Fact]
    public async Task AnyCall_OfTheGeneration_IsSent()
    {
        await ConnectAsync("generation-same", "generation-same", generation: 2);

        Assert.All(await CallAsync("generation-same", Of(2)), Assert.Null);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AnyCall_AccountIsDisconnected_IsRefusedAndNothingIsSent(bool isKnown)
    {
        var name = $"generation-gone-{isKnown}".ToLowerInvariant();
        await ConnectAsync(name, name, generation: 1);
        if (isKnown)
        {
            Assert.All(await CallAsync(name, Of(1)), Assert.Null);
        }

        var sent = Sent(name);
        await Cluster.PutAccountAsync(name, isBeingErased: true);
        await Cluster.Bitrix24(name).ClearAsync();
        await Cluster.CallGear(name).ClearAsync();

        Assert.All(await CallAsync(name, Of(1)), failure => Assert.True(failure?.IsOutdated));
        Assert.All(await CallAsync(name, ByHand), failure => Assert.True(failure?.IsOutdated));
        Assert.Equal(sent, Sent(name));
    }

    [Fact]
    public async Task AnyCall_AfterAnUpdate_UsesTheNewConnectionAndTheOldOneIsRefused()
    {
        await ConnectAsync("generation-update", "generation-before", generation: 1);
        Assert.All(await CallAsync("generation-update", Of(1)), Assert.Null);
        var before = Sent("generation-before");

        await ConnectAsync("generation-update", "generation-after", generation: 2);
        Assert.All(await CallAsync("generation-update", Of(2)), Assert.Null);
        Assert.All(await CallAsync("generation-update", Of(1)), failure => Assert.True(failure?.IsOutdated));

        Assert.Equal(before, Sent("generation-before"));
        Assert.NotEqual(0, Sent("generation-after"));
    }

    [Fact]
    public async Task SetGroupMembers_ConnectionIsChangedBetweenItsRequests_WritesToNeither()
    {
        var before = await ConnectAsync("generation-group", "generation-group-1", generation: 1);
        using var hold = Cluster.Sandbox.Faults.Add(
            new Fault { Kind = FaultKind.Hold, Target = before.CallGear.Id, Method = "get.group_employees" });
        var changing = Cluster.CallGear("generation-group").SetGroupMembersAsync(9, [1], Of(1), Token);
        await hold.WaitForHeldAsync(1, Token);

        var after = await ConnectAsync("generation-group", "generation-group-2", generation: 2);
        Assert.Null((await Cluster.CallGear("generation-group").ListEmployeesAsync(Of(2), Token)).Failure);
        hold.Release();

        Assert.True((await changing).Failure?.IsOutdated);
        Assert.Empty(before.CallGear.FindGroup(9)!.Members);
        Assert.Empty(after.CallGear.FindGroup(9)!.Members);
    }

    [Fact]
    public async Task SetGroupMembers_ByHandAndConnectionIsChangedBetweenItsRequests_WritesToNeither()
    {
        var before = await ConnectAsync("generation-hand", "generation-hand-1", generation: 1);
        using var hold = Cluster.Sandbox.Faults.Add(
            new Fault { Kind = FaultKind.Hold, Target = before.CallGear.Id, Method = "get.group_employees" });
        var changing = Cluster.CallGear("generation-hand").SetGroupMembersAsync(9, [1], ByHand, Token);
        await hold.WaitForHeldAsync(1, Token);

        await ConnectAsync("generation-hand", "generation-hand-2", generation: 2);
        Assert.Null((await Cluster.CallGear("generation-hand").ListEmployeesAsync(Of(2), Token)).Failure);
        hold.Release();

        Assert.True((await changing).Failure?.IsOutdated);
    }

    [Fact]
    public async Task Create_ConnectionIsChangedWhileItWaitsForItsTurn_IsNotSent()
    {
        var vendors = await ConnectAsync("generation-waits", "generation-waits", generation: 1);
        var grain = Cluster.CallGear("generation-waits");
        using var hold = Cluster.Sandbox.Faults.Add(
            new Fault { Kind = FaultKind.Hold, Target = vendors.CallGear.Id, Method = "get.employees" });
        var places = new ConnectionOptions().MaxConcurrentCalls;
        var holding = Enumerable.Range(0, places).Select(_ => grain.ListEmployeesAsync(Of(1), Token)).ToArray();
        await hold.WaitForHeldAsync(places, Token);
        var employee = new NewEmployee { LastName = "Roe", Email = "roe@example.com" };
        var creating = grain.CreateAsync(employee, DateTimeOffset.MaxValue, Of(1), Token);

        await ConnectAsync("generation-waits", "generation-waits-2", generation: 2);
        await grain.ClearAsync();
        hold.Release();

        Assert.True((await creating).Failure?.IsOutdated);
        await Task.WhenAll(holding);
        Assert.Equal(places, Sent("generation-waits"));
        Assert.Equal(0, Sent("generation-waits-2"));
    }

    [Fact]
    public async Task Update_ThatIsNotStored_LeavesBothSidesAsTheyWere()
    {
        await ConnectAsync("generation-cut", "generation-cut-1", generation: 1);
        var row = (await Cluster.Rows.Accounts.ReadAsync("generation-cut"))!;
        await ConnectAsync("generation-other-row", "generation-cut-2", generation: 2);
        var other = (await Cluster.Rows.Accounts.ReadAsync("generation-other-row"))!;

        Assert.False(await Cluster.Rows.Accounts.WriteAsync(
            new AccountWrite { Row = other with { AccountId = "generation-cut" }, Expected = row.Version + 1 }));

        Assert.All(await CallAsync("generation-cut", Of(2)), failure => Assert.True(failure?.IsOutdated));
        Assert.All(await CallAsync("generation-cut", Of(1)), Assert.Null);
        Assert.Equal(0, Sent("generation-cut-2"));
    }

    // One call of each kind; the failure of each.
    private async Task<CallFailure?[]> CallAsync(string account, CallContext context)
    {
        var (bitrix24, callGear) = (Cluster.Bitrix24(account), Cluster.CallGear(account));
        var employee = new NewEmployee { LastName = "Roe", Email = $"roe{++_created}@example.com" };
        return
        [
            (await Cluster.DriveAsync(bitrix24.ListUsersAsync(0, context, Token))).Failure,
            (await Cluster.DriveAsync(bitrix24.GetUserAsync(1, context, Token))).Failure,
            (await callGear.ListEmployeesAsync(context, Token)).Failure,
            (await callGear.GetEmployeeAsync(1, context, Token)).Failure,
            (await callGear.FindByEmailAsync("ann@example.com", context, Token)).Failure,
            (await callGear.CreateAsync(employee, DateTimeOffset.MaxValue, context, Token)).Failure,
            (await callGear.UpdateAsync(new EmployeeUpdate(1, "Lee", []), DateTimeOffset.MaxValue, context, Token)).Failure,
            (await callGear.SetGroupMembersAsync(9, [1], context, Token)).Failure,
        ];
    }

    private async Task<(BitrixPortal Bitrix24, CallGearAccount CallGear)> ConnectAsync(string account, string vendors, long generation)
    {
        var portal = Cluster.Sandbox.PutPortal(vendors, users: [ConnectionCluster.User(1)]);
        var callGear = Cluster.Sandbox.PutAccount(
            vendors,
            employees: [new Employee { Id = 1, LastName = "Lee", Email = "ann@example.com" }],
            groups: [new EmployeeGroup { Id = 9, Name = "Sales", Members = [] }]);
        await Cluster.PutAccountAsync(account, Cluster.Webhook(account, portal), Cluster.Key(account, callGear), generation);
        return (portal, callGear);
    }

    private int Sent(string vendors) => Cluster.Sandbox.Requests.Records.Count(request => request.Target == vendors);
}
