using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Admission;

/// <summary>
/// Has the permits for the runs that may go on at a time on this silo: those that a person waits for before others, each kind in the
/// order they came. Scheduled runs start slowly after a start or an outage, and none begins while the database cannot be used. Safe for
/// use by several threads.
/// </summary>
internal sealed class RunLimiter : ILimit
{
    private readonly ConcurrentDictionary<string, RunLease> _leases = new();
    private readonly ImportOptions _options;
    private readonly DatabaseCondition _database;
    private readonly TimeProvider _time;
    private readonly SlowStart _slowStart;
    private readonly PriorityLimiter _line;
    private TaskCompletionSource _moved = NewSignal();

    // Changed only while the line serves nobody, like the leases.
    private int _held;
    private int _heldBySchedule;
    private int _lent;

    public RunLimiter(IOptions<ImportOptions> options, DatabaseCondition database, TimeProvider time)
    {
        _options = options.Value;
        _database = database;
        _time = time;
        _slowStart = new SlowStart(_options.RunsAtStart, _options.RunsPerSilo, _options.RampInterval, time);
        _line = new PriorityLimiter(this, time, () => Interlocked.Exchange(ref _moved, NewSignal()).SetResult());
        _ = FollowDatabaseAsync();
    }

    /// <summary>Whether so many scheduled runs wait that further accounts should come back later.</summary>
    public bool IsLineFull => _line.Ordinary >= _options.ScheduledRunsWaiting;

    /// <summary>Waits until the line of scheduled runs is not full.</summary>
    public async Task WhenLineHasRoomAsync()
    {
        for (var moved = Moved(); IsLineFull; moved = Moved())
        {
            await moved.ConfigureAwait(false);
        }

        Task Moved() => Volatile.Read(ref _moved).Task;
    }

    /// <summary>Waits for a run's permit.</summary>
    /// <param name="runId">The run, by which the lease can be found.</param>
    /// <param name="urgent">Whether a person waits for it.</param>
    /// <param name="cancellationToken">Leaves the line.</param>
    /// <returns>The lease of the permit; disposing of it gives the permit back.</returns>
    public async Task<RunLease> AcquireAsync(string runId, bool urgent, CancellationToken cancellationToken)
    {
        var lease = new RunLease(this, runId, urgent, _time);
        await _line.AcquireAsync(lease, cancellationToken);
        return _leases[runId] = lease;
    }

    /// <summary>Puts a run that waits among those that a person waits for, since one does now.</summary>
    /// <param name="runId">The run; one that does not wait here is left alone.</param>
    public void Promote(string runId) => _line.Promote(request => ((RunLease)request).RunId == runId);

    /// <summary>The lease of a run that goes on on this silo; null when there is none.</summary>
    public RunLease? Find(string runId) => _leases.GetValueOrDefault(runId);

    /// <summary>
    /// Lends a run's permit out; so many others may do so already that it is kept, since lists of runs that wait stay in memory.
    /// </summary>
    internal void Lend(RunLease lease, VendorWait waitsFor) => _line.Change(() =>
    {
        lease.WaitsFor = waitsFor;
        if (lease.Waits++ == 0 && !lease.IsEnded && _lent < _options.RunsAside)
        {
            lease.IsLent = true;
            _lent++;
            Count(lease.IsUrgent, -1);
        }
    });

    /// <summary>
    /// Takes a permit back that was lent out. More runs than there are permits may go on then: the run has its turn at the vendor, and a
    /// request that is sent later than it was let through would meet others.
    /// </summary>
    internal void TakeBack(RunLease lease) => _line.Change(() =>
    {
        if (--lease.Waits == 0)
        {
            lease.WaitsFor = null;
            Reclaim(lease);
        }
    });

    /// <summary>Gives a run's permit back for good.</summary>
    internal void End(RunLease lease) => _line.Change(() =>
    {
        if (!lease.IsEnded)
        {
            Reclaim(lease);
            lease.IsEnded = true;
            _leases.TryRemove(KeyValuePair.Create(lease.RunId, lease));
            _slowStart.Earn();
            Count(lease.IsUrgent, -1);
        }
    });

    TimeSpan ILimit.UntilPermit(int ahead) => _database.Outage is null ? _slowStart.UntilNext : TimeSpan.Zero;

    bool ILimit.TryTake(bool urgent)
    {
        var isFree = _database.Outage is null && _held < _options.RunsPerSilo && (urgent || _heldBySchedule < _slowStart.Limit);
        Count(urgent, isFree ? 1 : 0);
        return isFree;
    }

    private void Reclaim(RunLease lease)
    {
        if (lease.IsLent)
        {
            lease.IsLent = false;
            _lent--;
            Count(lease.IsUrgent, 1);
        }
    }

    private void Count(bool urgent, int change)
    {
        _held += change;
        _heldBySchedule += urgent ? 0 : change;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    // After an outage as many accounts are due as after a start.
    private async Task FollowDatabaseAsync()
    {
        var away = _database.WhenAwayAsync(CancellationToken.None);
        while (true)
        {
            await away.ConfigureAwait(false);
            await _database.WhenBackAsync(CancellationToken.None).ConfigureAwait(false);

            // Asked for before anybody is served: an outage of which nobody is told would leave those who come during it waiting.
            away = _database.WhenAwayAsync(CancellationToken.None);
            _line.Change(_slowStart.Restart);
        }
    }
}
