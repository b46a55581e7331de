using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Tests.Connections.Cluster;

/// <summary>Tests that share one silo, one sandbox and their clock, and so run one after the other.</summary>
[Collection("Connections")]
public abstract class ConnectionTests : IDisposable
{
    protected ConnectionTests(ConnectionCluster cluster)
    {
        Cluster = cluster;
        cluster.Sandbox.Faults.Clear();
    }

    protected static CallContext ByHand { get; } = new(null, Urgent: true);

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected ConnectionCluster Cluster { get; }

    public void Dispose()
    {
        Cluster.Sandbox.Faults.Clear();
        Cluster.RowFaults.Clear();
        Cluster.States.Writing = null;
        Cluster.States.FailWrites(0);
        GC.SuppressFinalize(this);
    }

    protected static CallContext InRun(string run) => new(run, Urgent: false);

    protected static CallContext Of(long generation) => new(null, Urgent: true, generation);
}
