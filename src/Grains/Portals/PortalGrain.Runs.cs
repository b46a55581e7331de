using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Portals;

/// <content>Runs as others ask for them and look at them.</content>
internal sealed partial class PortalGrain
{
    private readonly Dictionary<string, RunProgress> _live = [];
    private ImmutableArray<QueuedRun> _queue = [];
    private RunProgress? _current;
    private RunProgress? _ended;

    public async Task<RunRequestAnswer> RequestRunAsync(RunRequest request)
    {
        if (!State.IsConnected)
        {
            return new RunRequestAnswer(RunRequestOutcome.NoAccount);
        }

        if (request.Trigger == RunTrigger.Event && (Settings.Paused || IsSuspended))
        {
            return new RunRequestAnswer(RunRequestOutcome.NotNow);
        }

        return await EnqueueAsync(NewRequest(request.Trigger) with { DryRun = request.DryRun, OnlyUser = request.OnlyUser });
    }

    public async Task<RunView?> GetRunAsync(string runId, ChangeStretch stretch)
    {
        if (!State.IsConnected)
        {
            return null;
        }

        if (_live.TryGetValue(runId, out var progress))
        {
            return new RunView(progress.Summary, ChangePage.Of(progress.Changes, stretch));
        }

        return await _runs.FindAsync(AccountId, runId) is { } summary
            ? new RunView(summary, await _runs.ChangesAsync(AccountId, runId, stretch))
            : null;
    }

    public async Task<Page<RunSummary>?> ListRunsAsync(RunQuery query)
    {
        if (!State.IsConnected)
        {
            return null;
        }

        var cursor = query.Cursor;
        var isBehindLive = cursor is not null && !_live.ContainsKey(cursor);
        var live = isBehindLive ? [] : LiveRuns();
        var stored = query with { Cursor = isBehindLive ? cursor : null, Limit = query.Limit + 1 };
        var all = live.Concat(await EndedRunsAsync(stored, live));
        var behind = cursor is null || isBehindLive ? all : all.SkipWhile(run => run.RunId != cursor).Skip(1);
        var page = behind.Where(query.Wants).Take(query.Limit + 1).ToArray();
        var shown = page.Take(query.Limit).ToImmutableArray();
        return new Page<RunSummary>(shown, page.Length > query.Limit ? shown[^1].RunId : null);
    }

    public async Task<ImmutableDictionary<RunStatus, int>?> CountRunsAsync(RunQuery query)
    {
        if (!State.IsConnected)
        {
            return null;
        }

        var wanted = query with { Cursor = null, Limit = int.MaxValue, Statuses = [] };
        var live = LiveRuns();
        return live.Where(wanted.Wants).Concat(await EndedRunsAsync(wanted, live))
            .GroupBy(run => run.Status)
            .ToImmutableDictionary(same => same.Key, same => same.Count());
    }

    public async Task<RunWatch?> WatchRunAsync(
        string runId, long version, int changesSeen, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (!State.IsConnected)
        {
            return null;
        }

        // Who watched a run to its end sees the rest in the order that it came in.
        if (_live.TryGetValue(runId, out var progress) || (_ended?.Summary.RunId == runId && (progress = _ended) is not null))
        {
            var longest = TimeSpan.FromSeconds(20);

            // An activation ends after the calls it answers, and nothing goes on here in between: who watches is sent away, to ask again
            // where the run is next.
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping, _ending.Token);
            var watch = await progress.WatchAsync(version, changesSeen, wait < longest ? wait : longest, ending.Token);
            return watch with { WaitsFor = _limiter.Find(runId)?.WaitsFor };
        }

        if (await _runs.FindAsync(AccountId, runId) is not { } summary)
        {
            return null;
        }

        // Stored changes have another order than they came in: who saw some of them sees all of them again rather than some of them never.
        var skip = version == RunWatch.Stored ? Math.Max(changesSeen, 0) : 0;
        var page = await _runs.ChangesAsync(AccountId, runId, new ChangeStretch(skip, ChangeStretch.Most));
        return changesSeen >= page.Total
            ? new RunWatch(RunWatch.Stored, summary, summary.Counts.Users, summary.Counts.Users, [], page.Total)
            : new RunWatch(
                RunWatch.Stored, summary, summary.Counts.Users, summary.Counts.Users, page.Changes, skip + page.Changes.Length,
                HasMore: !page.Changes.IsEmpty && skip + page.Changes.Length < page.Total);
    }

    // Those that have not ended, newest first.
    private RunSummary[] LiveRuns()
    {
        var waiting = _queue.Select(run => _live[run.RunId].Summary).Reverse();
        var running = _current is { } current && !_queue.Any(run => run.RunId == current.Summary.RunId)
            ? [current.Summary]
            : Array.Empty<RunSummary>();
        var begun = State.Active is { } active && _live.TryGetValue(active.Request.RunId, out var progress)
            ? [progress.Summary]
            : Array.Empty<RunSummary>();
        return [.. waiting.Concat(running).Concat(begun).DistinctBy(run => run.RunId)];
    }

    // One may have ended while it was read.
    private async Task<IEnumerable<RunSummary>> EndedRunsAsync(RunQuery query, RunSummary[] live) =>
        (await _runs.PageAsync(AccountId, query)).Where(run => live.All(other => other.RunId != run.RunId));

    private QueuedRun NewRequest(RunTrigger trigger)
    {
        var now = _time.GetUtcNow();
        return new QueuedRun { RunId = Guid.CreateVersion7(now).ToString("N"), Trigger = trigger, RequestedAt = now };
    }

    // What somebody was promised is stored before it is answered; a scheduled run is not, because the schedule itself repeats it.
    private async Task<RunRequestAnswer> EnqueueAsync(QueuedRun request)
    {
        var joined = RunQueue.Joined(_queue, request);
        if (joined is null && _queue.Length >= _options.QueuedRuns)
        {
            return new RunRequestAnswer(RunRequestOutcome.QueueFull);
        }

        var run = joined ?? request;
        if (request.Trigger != RunTrigger.Scheduled)
        {
            // The run that is joined may have ended while other writes were waited for: then it is not promised again, or it would be made
            // twice.
            await _account.UpdateAsync(state => joined is null || _queue.Any(waiting => waiting.RunId == joined.RunId)
                ? state with { Queue = RunQueue.With(state.Queue, run) }
                : state);
        }

        // The run that was joined may have begun while the request was stored; then it has read its lists too early for this request.
        if (joined is not null && !_queue.Any(waiting => waiting.RunId == joined.RunId))
        {
            return await EnqueueAsync(request);
        }

        _queue = RunQueue.With(_queue, run);
        var progress = ProgressOf(run);
        progress.Set(progress.Summary with { Trigger = run.Trigger });
        ResumeWork();
        if (run.IsUrgent)
        {
            // The run at the head may have come to its line before a person waited for it, or for one behind it.
            _limiter.Promote(_queue[0].RunId);
        }

        return new RunRequestAnswer(RunRequestOutcome.Accepted, progress.Summary);
    }

    private RunProgress ProgressOf(QueuedRun run)
    {
        if (!_live.TryGetValue(run.RunId, out var progress))
        {
            progress = new RunProgress(SummaryOf(run), _time);
            _live.Add(run.RunId, progress);
        }

        return progress;
    }

    private RunSummary SummaryOf(QueuedRun run) => new()
    {
        RunId = run.RunId,
        AccountId = AccountId,
        Trigger = run.Trigger,
        DryRun = run.DryRun,
        OnlyUser = run.OnlyUser,
        RequestedAt = run.RequestedAt,
    };
}
