using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Portals;

/// <summary>
/// Lets a bounded number of runs at a time go on on this silo: those that a person waits for before others, each kind in the order they came. Scheduled runs start
/// slowly after a start or an outage, and none begins while the database cannot be used. Safe for use by several threads.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The timer exists only while runs wait, and fires once.")]
internal sealed class RunAdmission
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _urgent = new();
    private readonly LinkedList<Waiter> _scheduled = new();
    private readonly Dictionary<string, RunPlace> _places = [];
    private readonly ImportOptions _options;
    private readonly DatabaseCondition _database;
    private readonly TimeProvider _time;
    private readonly AdmissionRamp _ramp;
    private int _taken;
    private int _takenBySchedule;
    private int _aside;
    private bool _isWaitingForDatabase;
    private ITimer? _timer;

    public RunAdmission(IOptions<ImportOptions> options, DatabaseCondition database, TimeProvider time)
    {
        _options = options.Value;
        _database = database;
        _time = time;
        _ramp = new AdmissionRamp(_options.RunsAtStart, _options.RunsPerSilo, _options.RampInterval, time);
    }

    /// <summary>Whether so many scheduled runs wait that further accounts should come back later.</summary>
    public bool IsLineFull
    {
        get
        {
            lock (_lock)
            {
                return _scheduled.Count >= _options.ScheduledRunsWaiting;
            }
        }
    }

    /// <summary>Is told, outside of any lock, when the line of scheduled runs got shorter.</summary>
    public event Action? LineMoved;

    /// <summary>Waits for a place; disposing of the answer gives it back.</summary>
    /// <param name="runId">The run, by which its place can be found.</param>
    /// <param name="urgent">Whether a person waits for it.</param>
    /// <param name="cancellationToken">Leaves the line.</param>
    public async Task<RunPlace> EnterAsync(string runId, bool urgent, CancellationToken cancellationToken)
    {
        await WaitAsync(runId, urgent, cancellationToken);
        var place = new RunPlace(this, runId, urgent);
        lock (_lock)
        {
            _places[runId] = place;
        }

        return place;
    }

    /// <summary>Puts a run that waits among those that a person waits for, since one does now.</summary>
    /// <param name="runId">The run; one that does not wait here is left alone.</param>
    public void Promote(string runId)
    {
        lock (_lock)
        {
            for (var node = _scheduled.First; node is not null; node = node.Next)
            {
                if (node.Value.RunId == runId)
                {
                    _scheduled.Remove(node);
                    _urgent.AddLast(node);
                    Serve();
                    break;
                }
            }
        }

        LineMoved?.Invoke();
    }

    /// <summary>The place of a run that goes on on this silo; null when there is none.</summary>
    public RunPlace? Find(string? runId)
    {
        lock (_lock)
        {
            return runId is null ? null : _places.GetValueOrDefault(runId);
        }
    }

    /// <summary>Lends a run's place out; what others lend out already may keep it, since lists of runs that wait stay in memory.</summary>
    internal void Lend(RunPlace place)
    {
        lock (_lock)
        {
            if (place.Waits++ > 0 || place.IsEnded || _aside >= _options.RunsAside)
            {
                return;
            }

            place.IsLent = true;
            _aside++;
            Give(place);
        }

        LineMoved?.Invoke();
    }

    /// <summary>
    /// Takes a place that was lent out. There may be more runs than places then: the run has its turn at the vendor, and a request that is sent later than it was
    /// let through would meet others.
    /// </summary>
    internal void TakeBack(RunPlace place)
    {
        lock (_lock)
        {
            if (--place.Waits > 0 || !place.IsLent)
            {
                return;
            }

            place.IsLent = false;
            _aside--;
            Take(!place.IsUrgent);
        }
    }

    /// <summary>Takes a run's place back for good.</summary>
    internal void End(RunPlace place)
    {
        lock (_lock)
        {
            if (place.IsEnded)
            {
                return;
            }

            place.IsEnded = true;
            if (_places.GetValueOrDefault(place.RunId) == place)
            {
                _places.Remove(place.RunId);
            }

            _ramp.Earn();
            if (place.IsLent)
            {
                place.IsLent = false;
                _aside--;
            }
            else
            {
                Give(place);
            }
        }

        LineMoved?.Invoke();
    }

    private void Take(bool isScheduled)
    {
        _taken++;
        _takenBySchedule += isScheduled ? 1 : 0;
    }

    private void Give(RunPlace place)
    {
        _taken--;
        _takenBySchedule -= place.IsUrgent ? 0 : 1;
        Serve();
    }

    private async Task WaitAsync(string runId, bool urgent, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var waiter = new Waiter(runId, IsScheduled: !urgent, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var line = urgent ? _urgent : _scheduled;
        LinkedListNode<Waiter> node;
        lock (_lock)
        {
            node = line.AddLast(waiter);
            Serve();
        }

        await using (cancellationToken.UnsafeRegister(_ => Leave(node, cancellationToken), null))
        {
            await waiter.Turn.Task;
        }
    }

    private void Leave(LinkedListNode<Waiter> node, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (node.List is { } line)
            {
                line.Remove(node);
                node.Value.Turn.TrySetCanceled(cancellationToken);
            }
        }
    }

    private void Serve()
    {
        if (_database.Outage is not null)
        {
            ServeWhenBack();
            return;
        }

        while (_taken < _options.RunsPerSilo && Next() is { } node)
        {
            node.List!.Remove(node);
            Take(node.Value.IsScheduled);
            node.Value.Turn.SetResult();
        }

        if (_scheduled.Count > 0 && _timer is null && _ramp.UntilNext is { } wait)
        {
            _timer = _time.CreateTimer(_ => RampUp(), null, wait, Timeout.InfiniteTimeSpan);
        }
    }

    private LinkedListNode<Waiter>? Next() =>
        _urgent.First ?? (_takenBySchedule < _ramp.Limit ? _scheduled.First : null);

    private void RampUp()
    {
        lock (_lock)
        {
            _timer?.Dispose();
            _timer = null;
            Serve();
        }

        LineMoved?.Invoke();
    }

    // After an outage as many accounts are due as after a start.
    private void ServeWhenBack()
    {
        if (_isWaitingForDatabase)
        {
            return;
        }

        _isWaitingForDatabase = true;
        _ = ServeAsync();

        async Task ServeAsync()
        {
            // Not at once, even where the database is back already: whoever asks holds the lock, and whoever is told of the line must not.
            await _database.WhenBackAsync(CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            lock (_lock)
            {
                _isWaitingForDatabase = false;
                _ramp.Restart();
                Serve();
            }

            LineMoved?.Invoke();
        }
    }

    private readonly record struct Waiter(string RunId, bool IsScheduled, TaskCompletionSource Turn);
}
