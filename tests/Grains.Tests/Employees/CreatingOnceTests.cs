using System.Collections.Concurrent;
using Orleans.Storage;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Interfaces.Runs;
using OrleansSync.Grains.Tests.Portals;
using OrleansSync.Sandbox.CallGear;
using OrleansSync.Sandbox.Faults;

namespace OrleansSync.Grains.Tests.Employees;

/// <summary>R3.8: whatever happens between announcing a create and storing its link, one employee comes of it.</summary>
public sealed class CreatingOnceTests(PortalCluster cluster) : PortalTests(cluster)
{
    // While it may still be sent, and for the time CallGear may work on it.
    private static readonly TimeSpan _open = TimeSpan.FromSeconds(30);

    private static readonly CallContext _context = new("run", Urgent: false);
    private static readonly CreateEmployee _create = new(
        1, "", null, new NewEmployee { FirstName = "Ann", LastName = "(bitrix24) Lee 1", Email = "user1@example.com" }, LookUpFirst: false);

    [Fact]
    [Trait("Rule", "R3.8")]
    public async Task Settle_WhileTheCreateMayStillAppear_SaysUntilWhen_AndTakesTheEmployeeOnceItIsThere()
    {
        var employee = await WithoutAnswerAsync("settle-late");

        var early = await employee.ApplyAsync(new SettleEmployee(1, "", null), _context, Token);
        PutEmployee("settle-late");
        var late = await employee.ApplyAsync(new SettleEmployee(1, "", null), _context, Token);

        Assert.Equal(
            (ChangeOutcome.Failed, true, Cluster.Time.GetUtcNow() + _open), (early.Outcome, early.IsUnsettled, early.OpenUntil!.Value));
        Assert.Equal((ChangeOutcome.Created, 77L, false), (late.Outcome, late.Link!.EmployeeId, late.IsUnsettled));
    }

    [Fact]
    [Trait("Rule", "R3.8")]
    public async Task Settle_OnceTheCreateCannotAppearAnyMore_LeavesTheUserToTheRules()
    {
        var employee = await WithoutAnswerAsync("settle-never");
        Cluster.Time.Advance(_open);

        var settled = await employee.ApplyAsync(new SettleEmployee(1, "", null), _context, Token);
        var created = await employee.ApplyAsync(_create, _context, Token);

        Assert.Equal((null, false, null), (settled.Outcome, settled.IsUnsettled, settled.OpenUntil));
        Assert.Equal(ChangeOutcome.Created, created.Outcome);
        Assert.Single(Cluster.Sandbox.Account("settle-never").Employees);
    }

    [Fact]
    [Trait("Rule", "R3.8")]
    public async Task Create_WhileAnEarlierOneMayStillAppear_IsNotSent()
    {
        var employee = await WithoutAnswerAsync("create-open");

        var again = await employee.ApplyAsync(_create, _context, Token);

        Assert.Equal((ChangeOutcome.Failed, true), (again.Outcome, again.IsUnsettled));
        Assert.Empty(Cluster.Sandbox.Account("create-open").Employees);
    }

    [Fact]
    [Trait("Rule", "R3.8")]
    public async Task Run_WithACreateThatMayStillAppear_WaitsForIt_AndEndsWithOneEmployee()
    {
        await WithoutAnswerAsync("run-waits");
        var portal = Cluster.Portal("run-waits");
        Assert.Equal(1, (await PortalCluster.SynchronizeAsync(portal)).Counts.Failed);

        var looks = Cluster.Sandbox.Requests.Count(target: "run-waits", method: "get.employees");
        var waiting = PortalCluster.SynchronizeAsync(portal);
        await Cluster.Sandbox.Requests.WaitForAsync(
            request => request is { Target: "run-waits", Method: "get.employees" }, (int)looks + 1, Token);
        PutEmployee("run-waits");
        var run = await MovingTimeAsync(waiting);

        Assert.Equal((RunStatus.Succeeded, 1), (run.Status, run.Counts.Created));
        Assert.Single(Cluster.Sandbox.Account("run-waits").Employees);
    }

    [Fact]
    [Trait("Rule", "R3.8")]
    public async Task Create_InAnActivationThatAnotherHasReplaced_IsNotSent()
    {
        var employee = await WithoutAnswerAsync("replaced");
        Cluster.Time.Advance(_open);
        var creates = Cluster.Sandbox.Requests.Count(target: "replaced", method: "create.employees");
        var known = await Cluster.Rows.Users.ReadAsync("replaced", 1);
        Cluster.Rows.Execute("UPDATE employee SET version = version + 1 WHERE account_id = @account AND user_id = @user", "replaced", 1);

        await Assert.ThrowsAsync<InconsistentStateException>(
            () => employee.ApplyAsync(_create with { Row = known, IsRowGiven = true }, _context, Token));

        Assert.Equal(creates, Cluster.Sandbox.Requests.Count(target: "replaced", method: "create.employees"));
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(-1, true)]
    [Trait("Rule", "R3.8")]
    public async Task Create_ThatThePortalAnnounced_IsSentWithoutALook_AndAnnouncedAnewWhenItIsTooLate(int seconds, bool isAnew)
    {
        var account = $"announced-{seconds}";
        await Cluster.ConnectAsync(account, users: 0);
        var now = Cluster.Time.GetUtcNow();
        var row = new UserRow
        {
            UserId = 1,
            Version = UserRow.NewVersion(),
            Name = "Ann",
            Intent = new CreateIntent(_create.Employee.Email, _create.Employee.LastName, now, now + _open),
        };
        Assert.True(await Cluster.Rows.Users.AnnounceAsync(account, [row]));
        var looks = Cluster.Sandbox.Requests.Count(target: account, method: "get.employees");
        var writes = new ConcurrentQueue<UserWrite>();
        Cluster.Rows.Trouble.WritingUser = write => writes.Enqueue(write);

        var created = await Cluster.Employee(account, 1).ApplyAsync(
            _create with { Row = row, IsRowGiven = true, SendBefore = now.AddSeconds(seconds) }, _context, Token);

        Cluster.Rows.Trouble.WritingUser = null;
        Assert.Equal(ChangeOutcome.Created, created.Outcome);
        Assert.Equal(isAnew, writes.Any(write => write.AccountId == account && write.Row.Intent is not null));
        Assert.Equal(looks, Cluster.Sandbox.Requests.Count(target: account, method: "get.employees"));
        Assert.Single(Cluster.Sandbox.Account(account).Employees);
        Assert.Null((await Cluster.Rows.Users.ReadAsync(account, 1))!.Intent);
    }

    [Fact]
    public async Task History_WhileACreateIsUnderWay_IsAnsweredAtOnce()
    {
        await Cluster.ConnectAsync("history-meanwhile", users: 1, new Interfaces.Accounts.AccountSettings { Paused = true });
        var employee = Cluster.Employee("history-meanwhile", 1);
        using var hold =
            Cluster.Sandbox.Faults.Add(new Fault { Kind = FaultKind.Hold, Target = "history-meanwhile", Method = "create.employees" });
        var creating = employee.ApplyAsync(_create, _context, Token);
        await hold.WaitForHeldAsync(1, Token);

        var history = (await Cluster.Portal("history-meanwhile").GetEmployeeAsync(1))?.History ?? [];

        Assert.False(creating.IsCompleted);
        Assert.Empty(history);
        hold.Dispose();
        Assert.Equal(ChangeOutcome.Created, (await creating).Outcome);
        Assert.Single((await Cluster.Portal("history-meanwhile").GetEmployeeAsync(1))!.History);
    }

    /// <summary>A user whose create was sent, held by CallGear and given up, as by a process that dies.</summary>
    private async Task<IEmployeeGrain> WithoutAnswerAsync(string account)
    {
        await Cluster.ConnectAsync(account, users: 1, new Interfaces.Accounts.AccountSettings { Paused = true });
        var employee = Cluster.Employee(account, 1);
        using var hold = Cluster.Sandbox.Faults.Add(new Fault { Kind = FaultKind.Hold, Target = account, Method = "create.employees" });
        using var dying = new CancellationTokenSource();
        var creating = employee.ApplyAsync(_create, _context, dying.Token);
        await hold.WaitForHeldAsync(1, Token);
        await dying.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => creating);

        // The vendor sees the connection end some time later, and does what it is released to do before.
        await Cluster.Sandbox.Requests.WaitForAsync(
            request => request is { Method: "create.employees", Status: 0 } && request.Target == account, 1, Token);
        return employee;
    }

    private void PutEmployee(string account) =>
        Cluster.Sandbox.Account(account).PutEmployee(new Employee { Id = 77, LastName = "(bitrix24) Lee 1", Email = "user1@example.com" });

    private async Task<T> MovingTimeAsync<T>(Task<T> task)
    {
        // The wait begins at a moment that cannot be seen from here.
        while (await Task.WhenAny(task, Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Token)) != task)
        {
            Cluster.Time.Advance(TimeSpan.FromSeconds(1));
        }

        return await task;
    }
}
