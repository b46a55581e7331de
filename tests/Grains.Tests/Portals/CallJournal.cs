using System.Collections.Concurrent;

namespace OrleansSync.Grains.Tests.Portals;

/// <summary>Notes which grains call which.</summary>
internal sealed class CallJournal : IOutgoingGrainCallFilter
{
    private readonly ConcurrentQueue<(GrainId Source, GrainId Target, string Method)> _calls = new();

    /// <summary>The calls that a grain made, with the key of whom it called.</summary>
    public IReadOnlyCollection<(string Target, string Method)> Of(GrainId source) =>
        [.. _calls.Where(call => call.Source == source).Select(call => (call.Target.Key.ToString()!, call.Method))];

    public Task Invoke(IOutgoingGrainCallContext context)
    {
        // Reminders and the directory of activations are the silos' own.
        if (context.SourceId is { } source && !context.TargetId.IsSystemTarget())
        {
            _calls.Enqueue((source, context.TargetId, context.MethodName));
        }

        return context.Invoke();
    }
}
