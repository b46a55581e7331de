using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Globalization;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;

namespace OrleansSync.Faults.Soak;

/// <summary>The runtime's own counters of another process, by its diagnostics port, as <c>dotnet-counters</c> reads them.</summary>
internal sealed class RuntimeCounters : IDisposable
{
    private readonly ConcurrentDictionary<string, double> _values = new();
    private readonly EventPipeSession _session;
    private readonly EventPipeEventSource _source;

    private RuntimeCounters(EventPipeSession session)
    {
        _session = session;
        _source = new EventPipeEventSource(session.EventStream);
        _source.Dynamic.All += Keep;
    }

    /// <summary>Begins to read the counters of a process.</summary>
    public static RuntimeCounters Follow(int processId)
    {
        var provider = new EventPipeProvider(
            "System.Runtime", EventLevel.Informational, (long)EventKeywords.None,
            new Dictionary<string, string> { ["EventCounterIntervalSec"] = "5" });
        var counters = new RuntimeCounters(new DiagnosticsClient(processId).StartEventPipeSession(provider, requestRundown: false));

        // Reading blocks for as long as the process lives.
        new Thread(counters.Read) { IsBackground = true }.Start();
        return counters;
    }

    /// <summary>The counters as they were told last; null before the first time.</summary>
    public ProcessSample? Sample(TimeSpan at) => _values.TryGetValue("threadpool-queue-length", out var queue)
        ? new ProcessSample(at, _values["working-set"], _values["gc-heap-size"], (int)_values["threadpool-thread-count"], (long)queue)
        : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        _session.Dispose();
        _source.Dispose();
    }

    private void Read()
    {
        try
        {
            _source.Process();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or EndOfStreamException or FormatException)
        {
            // The process has ended, or nobody asks any more.
        }
    }

    private void Keep(TraceEvent told)
    {
        if (told.EventName == "EventCounters"
            && told.PayloadValue(0) is IDictionary<string, object> outer
            && outer["Payload"] is IDictionary<string, object> counter)
        {
            var value = counter.TryGetValue("Mean", out var mean) ? mean : counter["Increment"];
            _values[(string)counter["Name"]] = Convert.ToDouble(value, CultureInfo.InvariantCulture);
        }
    }
}
