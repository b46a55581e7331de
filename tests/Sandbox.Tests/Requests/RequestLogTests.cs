using Microsoft.Extensions.Time.Testing;
using OrleansSync.Sandbox.Requests;
using OrleansSync.Sandbox.Tests.CallGear;

namespace OrleansSync.Sandbox.Tests.Requests;

public sealed class RequestLogTests
{
    [Fact]
    public async Task Log_Write_KeepsItsParametersWithoutTheToken()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        using var client = new CallGearClient(RefusalTests.AccountWithOneEmployee(sandbox));

        await client.CallAsync("create.employees", """{"last_name":"Brown"}""");
        await client.CallAsync("get.employees", """{"limit":0}""");

        Assert.Collection(
            sandbox.Requests.Records,
            r => Assert.Equal(
                (1, "create.employees", """{"last_name":"Brown"}"""), (r.Sequence, r.Method, r.Parameters!.Value.GetRawText())),
            r => Assert.Equal((2, "invalid_parameter_value", false, null), (r.Sequence, r.Error, r.Executed, r.Parameters)));
        Assert.Equal(
            [
                new RequestCount(Vendor.CallGear, "a", "create.employees", 1, 0, 0, 1),
                new RequestCount(Vendor.CallGear, "a", "get.employees", 1, 1, 0, 1),
            ],
            sandbox.Requests.Counts);
    }

    [Fact]
    public void Log_Concurrency_IsKeptByTargetAndOverall()
    {
        var log = new RequestLog(new FakeTimeProvider(), 10);
        var first = log.Begin(Vendor.CallGear, "a", "m");
        var second = log.Begin(Vendor.CallGear, "b", "m");
        End(log, first);
        var third = log.Begin(Vendor.CallGear, "b", "m");
        End(log, second);
        End(log, third);

        Assert.Equal(
            (0, 2, 1, 2),
            (log.InFlight, log.PeakConcurrency, log.PeakConcurrencyOf(Vendor.CallGear, "a"), log.PeakConcurrencyOf(Vendor.CallGear, "b")));
        Assert.Equal([1, 2, 3], log.Records.Select(r => r.Sequence));
    }

    [Fact]
    public void Log_BeyondItsCapacity_GoesOnCounting()
    {
        var log = new RequestLog(new FakeTimeProvider(), 2);

        for (var i = 0; i < 5; i++)
        {
            End(log, log.Begin(Vendor.Bitrix24, "p", "user.get"));
        }

        Assert.Equal((2, 5), (log.Records.Count, log.Count(Vendor.Bitrix24, "p", "user.get")));
        log.Clear();
        Assert.Equal((0, 0), (log.Records.Count, log.Count()));
    }

    private static void End(RequestLog log, RequestTicket ticket) => log.End(ticket, 200, null, true, null, 1, null);
}
