using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Tests.Connections.Cluster;
using OrleansSync.Sandbox.CallGear;
using OrleansSync.Sandbox.Faults;
using OrleansSync.Sandbox.Requests;
using AccountSettings = OrleansSync.Sandbox.CallGear.AccountSettings;

namespace OrleansSync.Grains.Tests.Connections.CallGear;

public sealed class CallGearLimitTests(ConnectionCluster cluster) : ConnectionTests(cluster)
{
    [Fact]
    public async Task GetEmployee_MoreCallsThanTheMinuteHasPoints_AllSucceedAndNoneIsRefused()
    {
        var (grain, account) = await ConnectAsync("minute", new AccountSettings { MinuteLimit = 8 });
        await grain.GetEmployeeAsync(1, InRun("run"), Token);
        var start = Cluster.Time.GetUtcNow();

        var calls = Task.WhenAll(Enumerable.Range(0, 12).Select(_ => grain.GetEmployeeAsync(1, InRun("run"), Token)));
        await Cluster.Sandbox.Requests.WaitForAsync(request => request.Target == account.Id, 8, Token);
        var answers = await Cluster.DriveAsync(calls, TimeSpan.FromSeconds(62));

        Assert.All(answers, answer => Assert.Null(answer.Failure));
        Assert.Equal(0, Cluster.Sandbox.Requests.RateRefusals(Vendor.CallGear, account.Id));
        Assert.True(Cluster.Time.GetUtcNow().ToUnixTimeSeconds() / 60 > start.ToUnixTimeSeconds() / 60);
    }

    [Fact]
    public async Task Create_RefusedByTheLimit_IsSentAgainWhenTheVendorSays()
    {
        var (grain, account) = await ConnectAsync("create-limited", new AccountSettings());
        Fault(account, new Fault { Kind = FaultKind.RateLimit, Times = 1 });
        var start = Cluster.Time.GetUtcNow();

        var answer = await Cluster.DriveAsync(
            grain.CreateAsync(NewEmployee, DateTimeOffset.MaxValue, InRun("run"), Token), TimeSpan.FromSeconds(62));

        Assert.Null(answer.Failure);
        Assert.Equal(2, answer.Calls);
        Assert.Equal(answer.Value, Assert.Single(account.Employees, employee => employee.CreatedByApi).Id);
        Assert.Equal(TimeSpan.FromSeconds(61), Cluster.Time.GetUtcNow() - start);
    }

    [Fact]
    public async Task ListEmployees_DayIsUsedUp_FailsWithoutAskingAgain()
    {
        var (grain, account) = await ConnectAsync("day", new AccountSettings { DayLimit = 1 });
        await grain.GetEmployeeAsync(1, InRun("run"), Token);

        var answer = await grain.GetEmployeeAsync(1, InRun("run"), Token);

        Assert.Equal(ProblemCode.RateLimited, answer.Failure?.Problem.Code);
        Assert.Equal(0, answer.Calls);
        Assert.Equal(1, Cluster.Sandbox.Requests.Count(Vendor.CallGear, account.Id));
    }

    [Fact]
    public async Task ListEmployees_AlwaysRefusedByTheLimit_FailsWithinTenMinutesAndSoDoesTheRestOfTheRun()
    {
        var (grain, account) = await ConnectAsync("always-limited", new AccountSettings());
        Fault(account, new Fault { Kind = FaultKind.RateLimit });
        var start = Cluster.Time.GetUtcNow();

        var answer = await Cluster.DriveAsync(grain.ListEmployeesAsync(InRun("run"), Token), TimeSpan.FromSeconds(62));
        var next = await grain.GetEmployeeAsync(1, InRun("run"), Token);

        Assert.Equal(ProblemCode.RateLimited, answer.Failure?.Problem.Code);
        Assert.InRange(Cluster.Time.GetUtcNow() - start, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
        Assert.Equal((ProblemCode.RateLimited, 0), (next.Failure!.Problem.Code, next.Calls));
    }

    [Fact]
    public async Task GetEmployee_ManyAtATime_EightAreUnderWay()
    {
        var (grain, account) = await ConnectAsync("concurrency", new AccountSettings());
        using var hold = Cluster.Sandbox.Faults.Add(new Fault { Kind = FaultKind.Hold, Target = account.Id });

        var calls = Enumerable.Range(0, 20).Select(_ => grain.GetEmployeeAsync(1, InRun("run"), Token)).ToArray();
        await hold.WaitForHeldAsync(8, Token);
        hold.Dispose();
        await Task.WhenAll(calls);

        Assert.Equal(8, Cluster.Sandbox.Requests.PeakConcurrencyOf(Vendor.CallGear, account.Id));
    }

    private static NewEmployee NewEmployee =>
        new() { FirstName = "Ann", LastName = "(bitrix24) Lee", Email = "ann@example.com", Numbers = ["74951234567"] };

    private async Task<(ICallGearConnectionGrain Grain, CallGearAccount Account)> ConnectAsync(string name, AccountSettings settings)
    {
        var account = Cluster.Sandbox.PutAccount(name, settings, [new Employee { Id = 1, LastName = "Lee" }]);
        await Cluster.PutAccountAsync(name, callGear: Cluster.Key(name, account));
        return (Cluster.CallGear(name), account);
    }

    private void Fault(CallGearAccount account, Fault fault) =>
        Cluster.Sandbox.Faults.Add(fault with { Target = account.Id, Vendor = Vendor.CallGear });
}
