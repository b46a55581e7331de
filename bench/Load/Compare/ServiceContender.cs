using System.Collections.Concurrent;
using System.Text.Json;

namespace OrleansSync.Load.Compare;

/// <summary>The service: silos and one API process. It is asked by HTTP, as its users do.</summary>
internal sealed class ServiceContender : IContender
{
    private const int RequestsAtATime = 16;
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _stall = TimeSpan.FromMinutes(2);

    private readonly MeasuredCluster _cluster;
    private readonly string _connectionString;
    private ActivationCollection? _collection;

    // The run of each account that was asked for; null for its first, whose id is not told.
    private readonly ConcurrentDictionary<string, string?> _asked = new(StringComparer.Ordinal);

    private ServiceContender(MeasuredCluster cluster, string connectionString) =>
        (_cluster, _connectionString) = (cluster, connectionString);

    /// <inheritdoc />
    public IReadOnlyList<int> ProcessIds => _cluster.ProcessIds;

    /// <inheritdoc />
    public bool IsRunning => _cluster.IsRunning;

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="silos">How many silos.</param>
    /// <param name="connectionString">The database.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public static async Task<IContender> StartAsync(int silos, string connectionString, CancellationToken cancellationToken) =>
        new ServiceContender(
            await MeasuredCluster.StartAsync(ServiceProgram.Root, connectionString, cancellationToken, silos), connectionString);

    /// <inheritdoc />
    public Task ConnectAsync(IReadOnlyList<Tenant> tenants, CancellationToken cancellationToken) =>
        ForEachAsync(tenants, async tenant =>
        {
            await _cluster.Client.ConnectAsync(tenant.Id, tenant.Webhook, tenant.CallGear, tenant.AccessToken);
            _asked[tenant.Id] = null;
        }, cancellationToken);

    /// <inheritdoc />
    public Task AskAsync(IReadOnlyList<Tenant> tenants, CancellationToken cancellationToken) =>
        ForEachAsync(tenants, async tenant => _asked[tenant.Id] = await _cluster.Client.StartRunAsync(tenant.Id), cancellationToken);

    /// <inheritdoc />
    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        _collection ??= await ActivationCollection.StartAsync(_connectionString, MeasuredCluster.ClusterId, cancellationToken);
        await _collection.CollectAsync(cancellationToken);
    }

    /// <inheritdoc />
    public async Task<DateTimeOffset> EndAsync(IReadOnlyList<Tenant> tenants, CancellationToken cancellationToken)
    {
        var since = TimeProvider.System.GetTimestamp();
        var open = tenants.Select(tenant => tenant.Id).ToHashSet(StringComparer.Ordinal);
        var end = DateTimeOffset.MinValue;
        while (true)
        {
            foreach (var account in await _cluster.Client.AccountsAsync())
            {
                var id = account.GetProperty("accountId").GetString()!;
                if (open.Contains(id) && EndOf(id, account.GetProperty("lastRun")) is { } ended)
                {
                    open.Remove(id);
                    since = TimeProvider.System.GetTimestamp();
                    end = ended > end ? ended : end;
                }
            }

            if (open.Count == 0)
            {
                return end;
            }

            if (!_cluster.IsRunning || TimeProvider.System.GetElapsedTime(since) > _stall)
            {
                throw new IncompleteImportException($"The run of {open.First()} does not end.");
            }

            await Task.Delay(_look, TimeProvider.System, cancellationToken);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_collection is not null)
            {
                await _collection.DisposeAsync();
            }
        }
        finally
        {
            await _cluster.DisposeAsync();
        }
    }

    private static Task ForEachAsync(IReadOnlyList<Tenant> tenants, Func<Tenant, Task> work, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            tenants, new ParallelOptions { MaxDegreeOfParallelism = RequestsAtATime, CancellationToken = cancellationToken },
            async (tenant, _) => await work(tenant));

    private DateTimeOffset? EndOf(string account, JsonElement run)
    {
        if (run.ValueKind != JsonValueKind.Object
            || run.GetProperty("finishedAt") is not { ValueKind: JsonValueKind.String } finishedAt
            || (_asked[account] is { } asked && run.GetProperty("runId").GetString() != asked))
        {
            return null;
        }

        return run.GetProperty("status").GetString() == "succeeded"
            ? finishedAt.GetDateTimeOffset()
            : throw new IncompleteImportException($"The run of {account} did not succeed: {run}");
    }
}
