using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Portals;

/// <summary>A run that has not ended, as it can be watched. Belongs to one activation, whose turns do not overlap.</summary>
internal sealed class RunProgress(RunSummary summary, TimeProvider time)
{
    private readonly List<RunChange> _changes = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _version = 1;

    public RunSummary Summary { get; private set; } = summary;

    public int Done { get; private set; }

    public int Total { get; private set; }

    /// <summary>The changes so far, in the order they came.</summary>
    public IReadOnlyList<RunChange> Changes => _changes;

    public void Set(RunSummary summary)
    {
        Summary = summary;
        Signal();
    }

    /// <summary>Replaces the counts. What changed them is told by itself, so that nobody is woken for it.</summary>
    public void Count(RunCounts counts) => Summary = Summary with { Counts = counts };

    /// <summary>Tells how much there is to do, and how much of it needed nothing.</summary>
    public void Begin(int total, int done)
    {
        Total = total;
        Done = done;
        Signal();
    }

    public void Add(RunChange change)
    {
        _changes.Add(change);
        Signal();
    }

    public void Advance()
    {
        Done = Math.Min(Done + 1, Total);
        Signal();
    }

    /// <summary>Waits until the run is other than at a version, or for a while.</summary>
    public async Task<RunWatch> WatchAsync(long version, int changesSeen, TimeSpan wait, CancellationToken cancellationToken)
    {
        var seen = Math.Max(changesSeen, 0);
        if (version >= _version && wait > TimeSpan.Zero && !Summary.IsFinished && seen >= _changes.Count)
        {
            await Task.WhenAny(_changed.Task, Task.Delay(wait, time, cancellationToken));
        }

        var until = Math.Min(_changes.Count, seen + ChangeStretch.Most);
        return until <= seen
            ? new RunWatch(_version, Summary, Done, Total, [], _changes.Count)
            : new RunWatch(_version, Summary, Done, Total, [.. _changes[seen..until]], until, HasMore: until < _changes.Count);
    }

    private void Signal()
    {
        _version++;
        var changed = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.SetResult();
    }
}
