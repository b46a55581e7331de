using Microsoft.Extensions.Time.Testing;
using Orleans.Storage;
using OrleansSync.Storage.Sqlite;
using OrleansSync.Testing.Silos;

namespace OrleansSync.Storage.Tests;

public sealed class FewWritersGrainStorageTests : IDisposable
{
    private static readonly GrainId _id = GrainId.Create("test", "account/acme");

    private readonly FakeTimeProvider _time = new();
    private readonly BlockedStorage _inner = new();

    public void Dispose() => _inner.Dispose();

    [Fact]
    public async Task Write_WhenManyComeAtOnce_LetsFewThroughAtATime()
    {
        using var storage = new FewWritersGrainStorage(_inner, _time);
        var writes = Enumerable.Range(0, 10).Select(_ => storage.WriteStateAsync("state", _id, new GrainState<TestState>())).ToList();

        for (var done = 0; done < 10; done++)
        {
            await _inner.EnteredAsync(Math.Min(10, done + FewWritersGrainStorage.MaxWriters));
            Assert.Equal(Math.Min(10, done + FewWritersGrainStorage.MaxWriters), _inner.Entered);
            _inner.LetOneThrough();
        }

        await Task.WhenAll(writes);
    }

    [Fact]
    public async Task Write_WhenNoTurnComes_GivesUpAndNothingIsWritten()
    {
        using var storage = new FewWritersGrainStorage(_inner, _time);
        var stuck = Enumerable.Range(0, FewWritersGrainStorage.MaxWriters)
            .Select(_ => storage.WriteStateAsync("state", _id, new GrainState<TestState>())).ToList();
        var waiting = storage.ClearStateAsync("state", _id, new GrainState<TestState>());
        _time.Advance(FewWritersGrainStorage.MaxWait);

        await Assert.ThrowsAsync<TimeoutException>(() => waiting);

        Assert.Equal(FewWritersGrainStorage.MaxWriters, _inner.Entered);
        stuck.ForEach(_ => _inner.LetOneThrough());
        await Task.WhenAll(stuck);
    }

    [Fact]
    public async Task Read_WhenWritersAreStuck_IsNotHeldUp()
    {
        using var storage = new FewWritersGrainStorage(_inner, _time);
        var stuck = Enumerable.Range(0, FewWritersGrainStorage.MaxWriters)
            .Select(_ => storage.WriteStateAsync("state", _id, new GrainState<TestState>())).ToList();

        await storage.ReadStateAsync("state", _id, new GrainState<TestState>());

        stuck.ForEach(_ => _inner.LetOneThrough());
        await Task.WhenAll(stuck);
    }

    /// <summary>A disk that finishes a write when told.</summary>
    private sealed class BlockedStorage : IGrainStorage, IDisposable
    {
        private readonly SemaphoreSlim _through = new(0);
        private readonly SemaphoreSlim _changed = new(0);
        private int _entered;

        public int Entered => Volatile.Read(ref _entered);

        public void Dispose()
        {
            _through.Dispose();
            _changed.Dispose();
        }

        public void LetOneThrough() => _through.Release();

        public async Task EnteredAsync(int count)
        {
            while (Entered < count)
            {
                await _changed.WaitAsync(TestContext.Current.CancellationToken);
            }
        }

        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Task.CompletedTask;

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => EnterAsync();

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => EnterAsync();

        private Task EnterAsync()
        {
            Interlocked.Increment(ref _entered);
            _changed.Release();
            return _through.WaitAsync();
        }
    }
}
