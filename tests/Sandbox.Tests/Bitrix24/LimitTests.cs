using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using OrleansSync.Sandbox.Bitrix24;
using OrleansSync.Sandbox.Requests;

namespace OrleansSync.Sandbox.Tests.Bitrix24;

public sealed class LimitTests
{
    private static readonly DateTimeOffset _start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void LeakyBucket_Full_TakesTwoMoreEachSecond()
    {
        var time = new FakeTimeProvider(_start);
        var bucket = new LeakyBucket(time);

        Assert.Equal(50, Accepted(bucket, 60));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, Accepted(bucket, 60));
        time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(1, Accepted(bucket, 60));
        time.Advance(TimeSpan.FromSeconds(100));
        Assert.Equal(50, Accepted(bucket, 60));
    }

    [Fact]
    public async Task Portal_AfterFiftyRequestsAtOnce_RefusesUntilTheBucketHasLeaked()
    {
        var time = new FakeTimeProvider(_start);
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Time = time }, TestContext.Current.CancellationToken);
        using var client = new BitrixClient(sandbox.PutPortal("p"));
        using var other = new BitrixClient(sandbox.PutPortal("other"));
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(200, (int)(await client.CallAsync("batch", BatchTests.ChainOfPages(50))).Status);
        }

        var refused = await client.CallAsync("user.get", "{}");
        var elsewhere = await other.CallAsync("user.get", "{}");
        time.Advance(TimeSpan.FromSeconds(0.5));
        var later = await client.CallAsync("user.get", "{}");

        Assert.Equal((503, "QUERY_LIMIT_EXCEEDED"), ((int)refused.Status, refused.Body.GetProperty("error").GetString()));
        Assert.Equal((200, 200), ((int)elsewhere.Status, (int)later.Status));
        Assert.Equal(1, sandbox.Requests.RateRefusals(Vendor.Bitrix24, "p"));
    }

    [Fact]
    public async Task Portal_WithTheLimitSwitchedOff_RefusesNothing()
    {
        await using var sandbox = await SandboxServer.StartAsync(
            new SandboxOptions { Time = new FakeTimeProvider(_start) }, TestContext.Current.CancellationToken);
        using var client = new BitrixClient(sandbox.PutPortal("p", new PortalSettings { RateLimited = false }));

        for (var i = 0; i < 60; i++)
        {
            Assert.Equal(200, (int)(await client.CallAsync("user.get", "{}")).Status);
        }
    }

    [Fact]
    public async Task OperatingTime_OverTheLimit_BlocksTheMethodUntilItIsReset()
    {
        var time = new FakeTimeProvider(_start);
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Time = time }, TestContext.Current.CancellationToken);
        using var client = new BitrixClient(sandbox.PutPortal("p", new PortalSettings { OperatingSecondsPerCall = 200 }));

        var first = await client.CallAsync("user.get", "{}");
        time.Advance(TimeSpan.FromSeconds(60));
        var batch = await client.CallAsync("batch", BatchTests.ChainOfPages(4));
        var blocked = await client.CallAsync("user.get", "{}");
        var resetAt = first.Body.GetProperty("time").GetProperty("operating_reset_at").GetInt64();
        time.SetUtcNow(DateTimeOffset.FromUnixTimeSeconds(resetAt));
        var reset = await client.CallAsync("user.get", "{}");

        Assert.Equal(200, first.Body.GetProperty("time").GetProperty("operating").GetDouble());
        Assert.Equal(_start.AddMinutes(10).ToUnixTimeSeconds(), resetAt);
        Assert.Equal(2, Count(batch.Body, "result"));
        Assert.Equal(2, Count(batch.Body, "result_error"));
        Assert.Equal((429, "OPERATION_TIME_LIMIT"), ((int)blocked.Status, blocked.Body.GetProperty("error").GetString()));
        Assert.Equal(600, reset.Body.GetProperty("time").GetProperty("operating").GetDouble());
    }

    private static int Accepted(LeakyBucket bucket, int requests) => Enumerable.Range(0, requests).Count(_ => bucket.TryAdd(2, 50));

    private static int Count(JsonElement batch, string map) => batch.GetProperty("result").GetProperty(map).EnumerateObject().Count();
}
