using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using OrleansSync.Grains.Storage;

namespace OrleansSync.Grains.Admission;

/// <summary>
/// Has the permits for the runs that may go on at a time on this silo: those that a person waits for before others, each kind in the order they came. Scheduled runs start
/// slowly after a start or an outage, and none begins while the database cannot be used. Safe for use by several threads.
/// </summary>
internal sealed class RunLimiter : ILimit
{
    private readonly ConcurrentDictionary<string, RunLease> _leases = new();
    private readonly ImportOptions _options;
    private readonly DatabaseCondition _database;
    private readonly TimeProvider _time;
    private readonly SlowStart _slowStart;
    private readonly PriorityLimiter _line;

    // Changed only while the line serves nobody, like the leases' states.
    private int _held;
    private int _heldBySchedule;
    private int _lent;

    public RunLimiter(IOptions<ImportOptions> options, DatabaseCondition database, TimeProvider time)
    {
        _options = options.Value;
        _database = database;
        _time = time;
        _slowStart = new SlowStart(_options.RunsAtStart, _options.RunsPerSilo, _options.RampInterval, time);
        _line = new PriorityLimiter(this, time, () => LineMoved?.Invoke());
        _ = FollowDatabaseAsync();
    }

    /// <summary>Whether so many scheduled runs wait that further accounts should come back later.</summary>
    public bool IsLineFull => _line.Ordinary >= _options.ScheduledRunsWaiting;

    /// <summary>Is told, outside of any lock, when the line of scheduled runs may have got shorter.</summary>
    public event Action? LineMoved;

    /// <summary>Waits for a run's permit.</summary>
    /// <param name="runId">The run, by which the lease can be found.</param>
    /// <param name="urgent">Whether a person waits for it.</param>
    /// <param name="cancellationToken">Leaves the line.</param>
    /// <returns>The lease of the permit; disposing of it gives the permit back.</returns>
    public async Task<RunLease> AcquireAsync(string runId, bool urgent, CancellationToken cancellationToken)
    {
        var lease = _leases[runId] = new RunLease(this, runId, urgent, _time);
        try
        {
            await _line.AcquireAsync(lease, cancellationToken);
            lease.State = LeaseState.Held;
            return lease;
        }
        catch
        {
            Forget(lease);
            throw;
        }
    }

    /// <summary>Puts a run that waits among those that a person waits for, since one does now.</summary>
    /// <param name="runId">The run; one that does not wait here is left alone.</param>
    public void Promote(string runId)
    {
        if (Find(runId) is { } lease)
        {
            _line.Promote(lease);
        }
    }

    /// <summary>The lease of a run; null when it is not on this silo.</summary>
    /// <param name="runId">The run.</param>
    public RunLease? Find(string runId) => _leases.GetValueOrDefault(runId);

    /// <summary>Lends a run's permit out; so many others may do so already that it is kept, since lists of runs that wait stay in memory.</summary>
    internal void Lend(RunLease lease) => _line.Change(() =>
    {
        if (lease.Waits++ == 0 && lease.State == LeaseState.Held && _lent < _options.RunsAside)
        {
            lease.State = LeaseState.Lent;
            _lent++;
            Count(lease.IsUrgent, -1);
        }
    });

    /// <summary>
    /// Takes a permit back that was lent out. More runs than there are permits may go on then: the run has its turn at the vendor, and a request that is sent later than it
    /// was let through would meet others.
    /// </summary>
    internal void TakeBack(RunLease lease) => _line.Change(() =>
    {
        if (--lease.Waits == 0 && lease.State == LeaseState.Lent)
        {
            lease.State = LeaseState.Held;
            _lent--;
            Count(lease.IsUrgent, 1);
        }
    });

    /// <summary>Gives a run's permit back for good.</summary>
    internal void End(RunLease lease) => _line.Change(() =>
    {
        if (lease.State == LeaseState.Ended)
        {
            return;
        }

        if (lease.State == LeaseState.Lent)
        {
            _lent--;
        }
        else
        {
            Count(lease.IsUrgent, -1);
        }

        lease.State = LeaseState.Ended;
        Forget(lease);
        _slowStart.Earn();
    });

    TimeSpan ILimit.UntilPermit(int ahead) => _database.Outage is null ? _slowStart.UntilNext : TimeSpan.Zero;

    bool ILimit.TryTake(bool urgent)
    {
        var isFree = _database.Outage is null && _held < _options.RunsPerSilo && (urgent || _heldBySchedule < _slowStart.Limit);
        Count(urgent, isFree ? 1 : 0);
        return isFree;
    }

    private void Count(bool urgent, int change)
    {
        _held += change;
        _heldBySchedule += urgent ? 0 : change;
    }

    private void Forget(RunLease lease) => _leases.TryRemove(KeyValuePair.Create(lease.RunId, lease));

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
