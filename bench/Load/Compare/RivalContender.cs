using System.Diagnostics;
using System.Text.Json;
using OrleansSync.Rivals.Messages;

namespace OrleansSync.Load.Compare;

/// <summary>A rival of the service (bench/Rivals) as a process, to which orders are lines.</summary>
internal sealed class RivalContender : IContender
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private Task<RivalAnswer> _answer = Task.FromException<RivalAnswer>(new InvalidOperationException("Nothing was asked for."));

    private RivalContender(Process process) => _process = process;

    /// <inheritdoc />
    public IReadOnlyList<int> ProcessIds => [_process.Id];

    /// <inheritdoc />
    public bool IsRunning => !_process.HasExited;

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="mode"><c>hangfire</c> or <c>loop</c>.</param>
    /// <param name="connectionString">The database.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public static async Task<IContender> StartAsync(string mode, string connectionString, CancellationToken cancellationToken)
    {
        var contender = new RivalContender(ServiceProgram.Start(
            ServiceProgram.Root, "bench/Rivals", new Dictionary<string, string>(), [mode, connectionString]));
        try
        {
            return await contender._process.StandardOutput.ReadLineAsync(cancellationToken) == "ready"
                ? contender
                : throw new InvalidOperationException($"The rival {mode} did not start.");
        }
        catch
        {
            await contender.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public Task ConnectAsync(IReadOnlyList<Tenant> tenants, CancellationToken cancellationToken) => OrderAsync(
        new RivalOrder(
            [.. tenants.Select(tenant => new RivalAccount(tenant.Id, tenant.Webhook, tenant.CallGear, tenant.AccessToken))],
            [.. tenants.Select(tenant => tenant.Id)]),
        cancellationToken);

    /// <inheritdoc />
    public Task AskAsync(IReadOnlyList<Tenant> tenants, CancellationToken cancellationToken) =>
        OrderAsync(new RivalOrder([], [.. tenants.Select(tenant => tenant.Id)]), cancellationToken);

    /// <inheritdoc />
    public Task ForgetAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public async Task<DateTimeOffset> EndAsync(IReadOnlyList<Tenant> tenants, CancellationToken cancellationToken)
    {
        var answer = await _answer.WaitAsync(cancellationToken);
        return answer.Failure is null ? answer.FinishedAt : throw new IncompleteImportException(answer.Failure);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        // It ends in order when its input does, after what it is at.
        _process.StandardInput.Close();
        try
        {
            await _process.WaitForExitAsync().WaitAsync(_patience, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task OrderAsync(RivalOrder order, CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(order).AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
        _answer = AnswerAsync();
    }

    private async Task<RivalAnswer> AnswerAsync() => await _process.StandardOutput.ReadLineAsync() is { } line
        ? JsonSerializer.Deserialize<RivalAnswer>(line)!
        : new RivalAnswer(default, "The rival ended.");
}
