using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Tests.Connections.Cluster;
using OrleansSync.Sandbox.CallGear;
using OrleansSync.Sandbox.Requests;

namespace OrleansSync.Grains.Tests.Connections.CallGear;

/// <summary>R8.10, R8.11: a list of employees whose pages take long.</summary>
[Trait("Rule", "R8.10")]
public sealed class CallGearSlowListTests(ConnectionCluster cluster) : ConnectionTests(cluster)
{
    [Theory]
    [InlineData(3_000, 2, 3)]
    [InlineData(12_000, 1, 5)]
    [InlineData(450, 9, 1)]
    public async Task ListEmployees_PageTakesTooLong_AsksForFewerAtATime(int employees, double perThousand, double frontEnd)
    {
        var (grain, account) = await ConnectAsync($"employees-slow-{employees}", employees);
        account.Settings = account.Settings with { SecondsPerThousand = perThousand, FrontEndSeconds = frontEnd };

        AssertWhole(await ListAsync(grain), employees);
    }

    [Fact]
    public async Task ListEmployees_SlowAgain_BeginsWithWhatWasLearned()
    {
        var (grain, account) = await ConnectAsync("employees-again", 3_000);
        account.Settings = account.Settings with { SecondsPerThousand = 2, FrontEndSeconds = 3.5 };
        await ListAsync(grain);
        await Cluster.ForgetAsync<ICallGearConnectionGrain>("employees-again");
        Cluster.Sandbox.Requests.Clear();

        AssertWhole(await ListAsync(grain), 3_000);

        Assert.DoesNotContain(Cluster.Sandbox.Requests.Records, record => record.Status != 200);
        Assert.InRange(Cluster.Sandbox.Requests.Count(Vendor.CallGear, "employees-again"), 2, 8);
    }

    [Fact]
    public async Task ListEmployees_SlowAndWithoutAStableOrder_IsReadByRangesThatAreSmallEnough()
    {
        var (grain, account) = await ConnectAsync("employees-unstable", 2_000);
        account.Settings = account.Settings with { SecondsPerThousand = 2, FrontEndSeconds = 2, UnstableOrderAbove = 500 };

        AssertWhole(await ListAsync(grain), 2_000);
    }

    [Fact]
    public async Task ListEmployees_Quick_StoresNothing()
    {
        var (grain, _) = await ConnectAsync("employees-quick", 300);

        AssertWhole(await ListAsync(grain), 300);

        Assert.Null(Cluster.States.JsonOf("callGearConnection", GrainKeys.Account("employees-quick")));
    }

    [Fact]
    public async Task Clear_SomethingWasLearned_NothingIsLeft()
    {
        var (grain, account) = await ConnectAsync("employees-cleared", 3_000);
        account.Settings = account.Settings with { SecondsPerThousand = 2, FrontEndSeconds = 3.5 };
        await ListAsync(grain);
        Assert.True(Cluster.States.HasAny(GrainKeys.Account("employees-cleared")));

        await grain.ClearAsync();

        Assert.False(Cluster.States.HasAny(GrainKeys.Account("employees-cleared")));
    }

    private static void AssertWhole(CallOutcome<ImmutableArray<AccountEmployee>> answer, int employees)
    {
        Assert.Null(answer.Failure);
        Assert.Equal(Enumerable.Range(1, employees).Select(id => (long)id), answer.Value.Select(employee => employee.Id).Order());
    }

    private Task<CallOutcome<ImmutableArray<AccountEmployee>>> ListAsync(ICallGearConnectionGrain grain) =>
        Cluster.DriveAsync(grain.ListEmployeesAsync(InRun("run"), Token), TimeSpan.FromSeconds(30));

    private async Task<(ICallGearConnectionGrain Grain, CallGearAccount Account)> ConnectAsync(string name, int employees)
    {
        var account = Cluster.Sandbox.PutAccount(name, employees: Enumerable.Range(1, employees).Select(id => new Employee
        {
            Id = id,
            LastName = $"Lee {id}",
            Email = $"e{id}@example.com",
        }));
        await Cluster.PutAccountAsync(name, callGear: Cluster.Key(name, account));
        return (Cluster.CallGear(name), account);
    }
}
