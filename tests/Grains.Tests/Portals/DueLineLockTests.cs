using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Portals;

namespace OrleansSync.Grains.Tests.Portals;

/// <summary>The line of due accounts and the admission ask and tell each other, each with a lock of its own: neither may hold one while it waits for the other's.</summary>
public sealed class DueLineLockTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task MustWait_WhileTheAdmissionTellsTheLine_DoesNotBlockIt()
    {
        var time = new WatchedTime();
        var admission = new RunAdmission(
            Options.Create(new ImportOptions { RunsPerSilo = 1, ScheduledRunsWaiting = 1 }), new DatabaseCondition(time), time);
        var due = new DueLine(admission, DispatchProxy.Create<IGrainFactory, NoGrains>(), NullLogger<DueLine>.Instance);
        var first = await admission.EnterAsync("first", urgent: false, CancellationToken.None);
        var waiting = new Thread(() => due.MustWait("waits")) { IsBackground = true };

        // The clock is read while the admission holds its lock. Meanwhile an account asks whether it must wait, and the admission tells the line of a change.
        time.WhenRead = () =>
        {
            time.WhenRead = null;
            waiting.Start();
            Assert.True(SpinWait.SpinUntil(() => waiting.ThreadState.HasFlag(ThreadState.WaitSleepJoin), _patience));
            due.MustWait("told");
        };
        var second = Task.Run(() => admission.EnterAsync("second", urgent: false, CancellationToken.None), CancellationToken.None);

        Assert.True(SpinWait.SpinUntil(() => time.WhenRead is null && !waiting.IsAlive, _patience), "The line and the admission wait for each other.");
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
