using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Storage.Tests;

public sealed class DatabaseWatchTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
    private readonly ScriptedProbe _probe = new();
    private readonly DatabaseCondition _condition;
    private readonly DatabaseWatch _watch;

    public DatabaseWatchTests()
    {
        _condition = new DatabaseCondition(_time);
        _watch = new DatabaseWatch(_probe, _condition, _time, NullLogger<DatabaseWatch>.Instance);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _watch.StopAsync(CancellationToken.None);
        _watch.Dispose();
    }

    [Fact]
    public async Task Watch_DatabaseThatStopsAnswering_IsAwaySinceThen_AndBackWithTheFirstAnswer()
    {
        await _watch.StartAsync(Token);
        _probe.Failure = new NpgsqlException("refused");
        await AdvanceUntilAsync(_condition.WhenAwayAsync(Token));
        var since = _condition.Outage!.Since;
        await _probe.NextAsync(_time);

        Assert.Equal(new DatabaseOutage(since, DatabaseFaults.NoAnswer), _condition.Outage);
        Assert.True(_probe.WasWrite);

        _probe.Failure = null;
        await AdvanceUntilAsync(_condition.WhenBackAsync(Token));
        Assert.Null(_condition.Outage);
    }

    [Fact]
    public async Task Watch_Doubt_LooksAtOnceByWriting()
    {
        await _watch.StartAsync(Token);
        var look = _probe.NextAsync();

        _condition.Doubt();

        await look;
        Assert.True(_probe.WasWrite);
    }

    [Fact]
    public async Task Watch_HealthyDatabase_IsOnlyRead()
    {
        await _watch.StartAsync(Token);

        await _probe.NextAsync(_time);

        Assert.False(_probe.WasWrite);
        Assert.Null(_condition.Outage);
    }

    [Fact]
    public async Task Watch_DatabaseThatSaysNothing_IsAway()
    {
        await _watch.StartAsync(Token);
        _probe.Hangs = true;

        await AdvanceUntilAsync(_condition.WhenAwayAsync(Token));

        Assert.Equal(DatabaseFaults.NoAnswer, _condition.Outage!.Problem);
    }

    private async Task AdvanceUntilAsync(Task end)
    {
        while (!end.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    private sealed class ScriptedProbe : IDatabaseProbe
    {
        private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Exception? Failure { get; set; }

        public bool Hangs { get; set; }

        public bool WasWrite { get; private set; }

        public Task NextAsync() => _next.Task;

        public async Task NextAsync(FakeTimeProvider time)
        {
            var next = _next.Task;
            while (!next.IsCompleted)
            {
                time.Advance(TimeSpan.FromSeconds(1));
                await Task.Yield();
            }
        }

        public Task ProbeAsync(bool write, CancellationToken cancellationToken)
        {
            WasWrite = write;
            var seen = _next;
            _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            seen.SetResult();
            return Hangs ? new TaskCompletionSource().Task : Failure is null ? Task.CompletedTask : Task.FromException(Failure);
        }
    }
}
