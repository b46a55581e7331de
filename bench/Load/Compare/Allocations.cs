using System.Diagnostics.Tracing;
using System.Globalization;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;

namespace OrleansSync.Load.Compare;

/// <summary>Counts the bytes that processes allocate, by the runtime's own counters, as <c>dotnet-counters</c> reads them.</summary>
internal sealed class Allocations : IAsyncDisposable
{
    private const string Counter = "alloc-rate";
    private const int IntervalSeconds = 1;

    // Counters are told at the end of each interval, some of them a little late.
    private static readonly TimeSpan _tellingDelay = TimeSpan.FromSeconds(2 * IntervalSeconds);

    private readonly List<(EventPipeSession Session, Task Reading)> _followed;
    private long _bytes;

    /// <summary>Begins to count.</summary>
    /// <param name="processes">The processes.</param>
    public Allocations(IReadOnlyList<int> processes) => _followed = [.. processes.Select(Follow)];

    /// <summary>Bytes of all processes together since it began.</summary>
    /// <param name="cancellationToken">Breaks off.</param>
    public async Task<long> BytesAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(_tellingDelay, TimeProvider.System, cancellationToken);
        return Interlocked.Read(ref _bytes);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var (session, reading) in _followed)
        {
            try
            {
                session.Stop();
            }
            catch (Exception exception) when (exception is IOException or ServerNotAvailableException)
            {
                // The process has ended, and the events with it.
            }

            await reading;
            session.Dispose();
        }
    }

    private (EventPipeSession Session, Task Reading) Follow(int process)
    {
        var provider = new EventPipeProvider(
            "System.Runtime", EventLevel.Informational, (long)EventKeywords.None,
            new Dictionary<string, string> { ["EventCounterIntervalSec"] = IntervalSeconds.ToString(CultureInfo.InvariantCulture) });
        var session = new DiagnosticsClient(process).StartEventPipeSession(provider, requestRundown: false);

        // Reading blocks for as long as the session lasts.
        return (session, Task.Factory.StartNew(
            () => Read(session), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
    }

    private void Read(EventPipeSession session)
    {
        try
        {
            using var source = new EventPipeEventSource(session.EventStream);
            source.Dynamic.All += Add;
            source.Process();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or FormatException)
        {
            // The process has ended.
        }
    }

    private void Add(TraceEvent told)
    {
        if (told.EventName == "EventCounters"
            && told.PayloadValue(0) is IDictionary<string, object> outer
            && outer["Payload"] is IDictionary<string, object> counter
            && counter["Name"] is Counter)
        {
            Interlocked.Add(ref _bytes, Convert.ToInt64(counter["Increment"], CultureInfo.InvariantCulture));
        }
    }
}
