using System.Text.Json;

namespace OrleansSync.Sandbox.Requests;

/// <summary>Append-only record of what the imitated vendors were asked, with counters. Safe for use from several threads.</summary>
public sealed class RequestLog
{
    private readonly TimeProvider _time;
    private readonly int _capacity;
    private readonly Lock _lock = new();
    private readonly List<RequestRecord> _records = [];
    private readonly Dictionary<(Vendor, string, string), RequestCount> _counts = [];
    private readonly Dictionary<(Vendor, string), (int Now, int Peak)> _concurrency = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _sequence;
    private int _inFlight;
    private int _peak;

    internal RequestLog(TimeProvider time, int capacity)
    {
        _time = time;
        _capacity = capacity;
    }

    /// <summary>Requests that have arrived and are not finished.</summary>
    public int InFlight { get { lock (_lock) { return _inFlight; } } }

    /// <summary>The most requests that were in flight at one moment, over all vendors.</summary>
    public int PeakConcurrency { get { lock (_lock) { return _peak; } } }

    /// <summary>
    /// Finished requests in order of arrival. When there are more than the log may hold, the newest are not kept; counters go on.
    /// </summary>
    public IReadOnlyList<RequestRecord> Records
    {
        get { lock (_lock) { return [.. _records.OrderBy(r => r.Sequence)]; } }
    }

    /// <summary>Counters by vendor, portal or account, and method.</summary>
    public IReadOnlyList<RequestCount> Counts
    {
        get
        {
            lock (_lock)
            {
                return [.. _counts.Values.OrderBy(c => c.Vendor).ThenBy(c => c.Target, StringComparer.Ordinal)
                    .ThenBy(c => c.Method, StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>Number of finished requests, narrowed by what is given.</summary>
    public long Count(Vendor? vendor = null, string? target = null, string? method = null) =>
        Matching(vendor, target, method).Sum(c => c.Requests);

    /// <summary>Number of requests refused because of a rate limit (Bitrix24's bucket or operating time, CallGear's points).</summary>
    public long RateRefusals(Vendor? vendor = null, string? target = null) => Matching(vendor, target, null).Sum(c => c.RateRefusals);

    /// <summary>The most requests to one portal or account that were in flight at one moment.</summary>
    public int PeakConcurrencyOf(Vendor vendor, string target)
    {
        lock (_lock)
        {
            return _concurrency.TryGetValue((vendor, target), out var entry) ? entry.Peak : 0;
        }
    }

    /// <summary>Waits until at least <paramref name="count"/> finished requests satisfy <paramref name="predicate"/>.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public async Task WaitForAsync(Func<RequestRecord, bool> predicate, int count = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_records.Count(predicate) >= count)
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Forgets all records, counters and peaks; numbering goes on.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _records.Clear();
            _counts.Clear();
            _peak = _inFlight;
            foreach (var (key, entry) in _concurrency.ToArray())
            {
                _concurrency[key] = (entry.Now, entry.Now);
            }
        }
    }

    internal RequestTicket Begin(Vendor vendor, string target, string method)
    {
        lock (_lock)
        {
            _inFlight++;
            _peak = Math.Max(_peak, _inFlight);
            var (now, peak) = _concurrency.GetValueOrDefault((vendor, target));
            _concurrency[(vendor, target)] = (now + 1, Math.Max(peak, now + 1));
            return new RequestTicket(++_sequence, _time.GetUtcNow(), vendor, target, method);
        }
    }

    internal void End(RequestTicket ticket, int status, string? error, bool executed, string? fault, int commands, JsonElement? parameters)
    {
        var record = new RequestRecord(
            ticket.Sequence, ticket.At, ticket.Vendor, ticket.Target, ticket.Method, status, error, executed, fault, commands, parameters);
        TaskCompletionSource changed;
        lock (_lock)
        {
            _inFlight--;
            var (now, peak) = _concurrency[(ticket.Vendor, ticket.Target)];
            _concurrency[(ticket.Vendor, ticket.Target)] = (now - 1, peak);
            AddToCounts(record);
            if (_records.Count < _capacity)
            {
                _records.Add(record);
            }

            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }

    private void AddToCounts(RequestRecord record)
    {
        var key = (record.Vendor, record.Target, record.Method);
        var count = _counts.GetValueOrDefault(key) ?? new RequestCount(record.Vendor, record.Target, record.Method, 0, 0, 0, 0);
        _counts[key] = count with
        {
            Requests = count.Requests + 1,
            Errors = count.Errors + (record.Error is null && record.Status is > 0 and < 400 ? 0 : 1),
            RateRefusals = count.RateRefusals + (IsRateRefusal(record.Error) ? 1 : 0),
            Commands = count.Commands + record.Commands,
        };
    }

    private static bool IsRateRefusal(string? error) => error is "QUERY_LIMIT_EXCEEDED" or "OPERATION_TIME_LIMIT" or "limit_exceeded";

    private IEnumerable<RequestCount> Matching(Vendor? vendor, string? target, string? method) => Counts.Where(c =>
        (vendor is null || c.Vendor == vendor) && (target is null || c.Target == target) && (method is null || c.Method == method));
}
