using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Tests.Portals;

/// <summary>Tests that share one silo and its clock, and so run one after the other; each has an account of its own.</summary>
[Collection("Portals")]
public abstract class PortalTests : IDisposable
{
    protected PortalTests(PortalCluster cluster)
    {
        Cluster = cluster;
        cluster.Sandbox.Faults.Clear();
    }

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected static RunRequest ByHand { get; } = new(RunTrigger.Manual);

    protected PortalCluster Cluster { get; }

    public void Dispose()
    {
        Cluster.Sandbox.Faults.Clear();
        GC.SuppressFinalize(this);
    }
}
