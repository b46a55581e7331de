using Microsoft.Extensions.Options;

namespace OrleansSync.Grains.Portals;

/// <summary>Lets a bounded number of runs at a time begin on this silo; runs that a person waits for go first, others in the order they came.</summary>
internal sealed class RunAdmission(IOptions<ImportOptions> options)
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<TaskCompletionSource, (int Class, long Order)> _waiting = new();
    private int _free = options.Value.RunsPerSilo;
    private long _order;

    /// <summary>Waits for a place; disposing of the answer gives it back.</summary>
    public async Task<IDisposable> EnterAsync(bool urgent, CancellationToken cancellationToken)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                return new Place(this);
            }

            _waiting.Enqueue(turn, (urgent ? 0 : 1, _order++));
        }

        await using (cancellationToken.Register(() => turn.TrySetCanceled(cancellationToken)))
        {
            await turn.Task;
        }

        return new Place(this);
    }

    private void Leave()
    {
        lock (_lock)
        {
            while (_waiting.TryDequeue(out var turn, out _))
            {
                if (turn.TrySetResult())
                {
                    return;
                }
            }

            _free++;
        }
    }

    private sealed class Place(RunAdmission admission) : IDisposable
    {
        private RunAdmission? _admission = admission;

        public void Dispose() => Interlocked.Exchange(ref _admission, null)?.Leave();
    }
}
