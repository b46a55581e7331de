using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OrleansSync.Grains.Admission;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Grains.Tests.Admission;

/// <summary>
/// The backlog of due accounts asks the limiter of runs, which has a lock of its own: whoever asks whether to wait may hold up nobody who
/// holds it.
/// </summary>
public sealed class DueBacklogLockTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task MustWait_WhileTheLimiterHoldsItsLock_DoesNotBlockIt()
    {
        var time = new WatchedTime();
        var limiter = new RunLimiter(
            Options.Create(new ImportOptions { RunsPerSilo = 1, ScheduledRunsWaiting = 1 }), new DatabaseCondition(time), time);
        var backlog = new DueBacklog(limiter, DispatchProxy.Create<IGrainFactory, NoGrains>(), NullLogger<DueBacklog>.Instance);
        var first = await limiter.AcquireAsync("first", urgent: false, CancellationToken.None);
        var waiting = new Thread(() => backlog.MustWait("waits")) { IsBackground = true };

        // The clock is read while the limiter holds its lock. Meanwhile an account asks whether it must wait, and so does one whose thread
        // holds the lock.
        time.WhenRead = () =>
        {
            time.WhenRead = null;
            waiting.Start();
            Assert.True(SpinWait.SpinUntil(() => waiting.ThreadState.HasFlag(ThreadState.WaitSleepJoin), _patience));
            backlog.MustWait("holds the lock");
        };
        var second = Task.Run(() => limiter.AcquireAsync("second", urgent: false, CancellationToken.None), CancellationToken.None);

        Assert.True(
            SpinWait.SpinUntil(() => time.WhenRead is null && !waiting.IsAlive, _patience),
            "The backlog and the limiter wait for each other.");
        first.Dispose();
        (await second.WaitAsync(_patience, TimeProvider.System, TestContext.Current.CancellationToken)).Dispose();
    }

    private sealed class WatchedTime : FakeTimeProvider
    {
        public Action? WhenRead { get; set; }

        public override long GetTimestamp()
        {
            WhenRead?.Invoke();
            return base.GetTimestamp();
        }
    }

    internal class NoGrains : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => throw new NotSupportedException();
    }
}
