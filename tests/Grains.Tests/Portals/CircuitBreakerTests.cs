using Microsoft.Extensions.Time.Testing;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Runs;
using OrleansSync.Grains.Portals;
using OrleansSync.Sandbox.Faults;

namespace OrleansSync.Grains.Tests.Portals;

[Trait("Rule", "R8.5")]
public sealed class CircuitBreakerTests(PortalCluster cluster) : PortalTests(cluster)
{
    private static readonly EmployeeResult _unreachable = new()
    {
        Outcome = ChangeOutcome.Failed,
        Reason = new Problem(ProblemCode.Unreachable, "Away."),
        Calls = 1,
    };

    private static readonly EmployeeResult _refused = _unreachable with { Reason = new Problem(ProblemCode.Rejected, "No.") };

    [Fact]
    public void NobodyGetsThroughForTwoMinutes_Opens()
    {
        var time = new FakeTimeProvider();
        var breaker = new CircuitBreaker(time);

        Assert.False(breaker.OpensAfter(_unreachable));
        time.Advance(TimeSpan.FromSeconds(119));
        Assert.False(breaker.OpensAfter(_unreachable));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(breaker.OpensAfter(_unreachable));
    }

    [Fact]
    public void OneThatCallGearAnswers_EvenByRefusing_BeginsAnew()
    {
        var time = new FakeTimeProvider();
        var breaker = new CircuitBreaker(time);

        breaker.OpensAfter(_unreachable);
        time.Advance(TimeSpan.FromMinutes(3));
        Assert.False(breaker.OpensAfter(_refused));
        Assert.False(breaker.OpensAfter(_unreachable));
    }

    [Fact]
    public void UserWithoutACall_SaysNothing()
    {
        var time = new FakeTimeProvider();
        var breaker = new CircuitBreaker(time);

        breaker.OpensAfter(_unreachable);
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.False(breaker.OpensAfter(new EmployeeResult()));
        Assert.True(breaker.OpensAfter(_unreachable));
    }

    [Fact]
    public async Task Run_WhileCallGearIsAwayForEverybody_EndsBeforeItHasTriedThemAll()
    {
        Cluster.PutUsers("outage", 90);
        Cluster.Sandbox.PutAccount("outage");
        using var away = Cluster.Sandbox.Faults.Add(new Fault { Kind = FaultKind.Drop, Target = "outage", Method = "create.employees" });
        Cluster.Rows.Trouble.WritingUser = write =>
        {
            if (write.AccountId == "outage")
            {
                Cluster.Time.Advance(TimeSpan.FromSeconds(1));
            }
        };

        var portal = Cluster.Portal("outage");
        await portal.ConnectAsync(Cluster.Connection("outage"));
        var run = await PortalCluster.EndOfAsync(portal, (await portal.ListRunsAsync(new RunQuery(null, 1)))!.Items[0].RunId);
        Cluster.Rows.Trouble.WritingUser = null;

        Assert.Equal((RunStatus.Failed, ProblemCode.Unreachable), (run.Status, run.Error!.Code));
        Assert.InRange(run.Counts.Failed, 1, 80);
    }
}
