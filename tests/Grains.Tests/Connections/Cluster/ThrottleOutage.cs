using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Tests.Connections.Cluster;

/// <summary>Makes calls of throttles fail as if their silo had just ended.</summary>
internal sealed class ThrottleOutage : IOutgoingGrainCallFilter
{
    private int _left;

    public void Start(int calls) => _left = calls;

    public Task Invoke(IOutgoingGrainCallContext context) =>
        context.InterfaceMethod.DeclaringType == typeof(IPortalThrottleGrain) && Interlocked.Decrement(ref _left) >= 0
            ? throw new SiloUnavailableException("The silo has ended.")
            : context.Invoke();
}
