namespace OrleansSync.Load.Compare;

/// <summary>
/// Measures a step. Of its passes, time from the moment that one is asked for to the end of its last import by the contender's own
/// record, and processor time, requests and log until that was noticed; of the whole step, memory, rows and allocated bytes.
/// </summary>
/// <param name="contender">Who is measured.</param>
/// <param name="sandbox">Counts requests.</param>
/// <param name="database">Counts rows and log.</param>
/// <param name="allocations">Counts allocated bytes; null where nobody asked for them.</param>
internal sealed class StepMeter(
    IContender contender, SandboxProcess sandbox, DatabaseFigures database, Allocations? allocations) : IAsyncDisposable
{
    private (TimeSpan Own, TimeSpan Postgres, TimeSpan Sandbox) _processor;
    private long _rowsBefore;
    private long _allocatedBefore;
    private long _wal;
    private PeakMemory? _memory;
    private (long Imports, long Users, TimeSpan Time) _done;
    private VendorRequests _requests;

    /// <summary>Begins, when the contender has come to rest.</summary>
    /// <param name="cancellationToken">Breaks off.</param>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(DatabaseFigures.CountingDelay, TimeProvider.System, cancellationToken);
        (_done, _requests, _processor, _wal) = (default, default, default, 0);
        _rowsBefore = await database.RowsAsync(cancellationToken);
        _allocatedBefore = await AllocatedAsync(cancellationToken);
        _memory = new PeakMemory(contender.ProcessIds);
    }

    /// <summary>Measures a pass: every account is imported once.</summary>
    /// <param name="tenants">The accounts.</param>
    /// <param name="users">Users of each.</param>
    /// <param name="requests">Requests that it takes at least.</param>
    /// <param name="askAsync">Asks for it.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public async Task PassAsync(
        IReadOnlyList<Tenant> tenants, int users, long requests, Func<Task> askAsync, CancellationToken cancellationToken)
    {
        await sandbox.ForgetRequestsAsync(cancellationToken);
        var (wal, before) = (await database.WalAsync(cancellationToken), Processor());
        var begin = TimeProvider.System.GetUtcNow();
        await askAsync();
        await sandbox.UntilServedAsync(requests, () => contender.IsRunning, cancellationToken);
        var end = await contender.EndAsync(tenants, cancellationToken);
        var after = Processor();
        _processor = (
            _processor.Own + after.Own - before.Own, _processor.Postgres + after.Postgres - before.Postgres,
            _processor.Sandbox + after.Sandbox - before.Sandbox);
        _wal += await database.WalAsync(cancellationToken) - wal;
        _requests += await sandbox.RequestsAsync(cancellationToken);
        _done = (_done.Imports + tenants.Count, _done.Users + ((long)users * tenants.Count), _done.Time + (end - begin));
    }

    /// <summary>Ends the step.</summary>
    /// <param name="step">What was done.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public async Task<StepResult> EndAsync(string step, CancellationToken cancellationToken)
    {
        var memory = _memory!;
        await DisposeAsync();
        var allocated = await AllocatedAsync(cancellationToken) - _allocatedBefore;
        await Task.Delay(DatabaseFigures.CountingDelay, TimeProvider.System, cancellationToken);
        return new StepResult(
            step, _done.Imports, _done.Users, _done.Time, _processor.Own, _processor.Postgres, _processor.Sandbox, memory.Peak,
            memory.AtFirst, _requests, await database.RowsAsync(cancellationToken) - _rowsBefore, _wal,
            allocated);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_memory is { } memory)
        {
            _memory = null;
            await memory.DisposeAsync();
        }
    }

    private Task<long> AllocatedAsync(CancellationToken cancellationToken) =>
        allocations?.BytesAsync(cancellationToken) ?? Task.FromResult(0L);

    private (TimeSpan Own, TimeSpan Postgres, TimeSpan Sandbox) Processor() => (
        ProcessTable.ProcessorOf(contender.ProcessIds), database.Processor, ProcessTable.ProcessorOf([sandbox.ProcessId]));
}
