using System.Text.Json;
using OrleansSync.Sandbox.Requests;

namespace OrleansSync.Sandbox.Faults;

/// <summary>A fault that is switched on. Disposing it switches it off and releases what it holds.</summary>
public sealed class FaultHandle : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Random _random;
    private readonly Action<FaultHandle> _remove;
    private TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _seen;
    private bool _isOff;

    internal FaultHandle(string id, Fault fault, Action<FaultHandle> remove)
    {
        Id = id;
        Fault = fault;
        _remove = remove;
        _random = new Random(fault.Seed);
    }

    /// <summary>Name of the fault in the log.</summary>
    public string Id { get; }

    /// <summary>What it does.</summary>
    public Fault Fault { get; }

    /// <summary>How often it has struck.</summary>
    public int Hits { get; private set; }

    /// <summary>Requests that wait here now (<see cref="FaultKind.Hold"/>).</summary>
    public int Held { get; private set; }

    /// <summary>Lets all requests go that wait now; later ones wait again.</summary>
    public void Release()
    {
        TaskCompletionSource released;
        lock (_lock)
        {
            released = _released;
            _released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        released.SetResult();
    }

    /// <summary>Waits until at least so many requests wait here.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public Task WaitForHeldAsync(int count, CancellationToken cancellationToken = default) =>
        WaitAsync(() => Held >= count, cancellationToken);

    /// <summary>Waits until the fault has struck at least so often.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public Task WaitForHitsAsync(int count, CancellationToken cancellationToken = default) =>
        WaitAsync(() => Hits >= count, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _remove(this);
        lock (_lock)
        {
            _isOff = true;
        }

        Release();
    }

    internal bool Strikes(Vendor vendor, string target, string method, JsonElement? parameters)
    {
        if ((Fault.Vendor is { } v && v != vendor) || (Fault.Target is { } t && t != target) || (Fault.Method is { } m && m != method) ||
            (Fault.ParameterContains is { } text && !ContainsText(parameters, text)))
        {
            return false;
        }

        lock (_lock)
        {
            _seen++;
            if (_seen <= Fault.Skip || (_seen - Fault.Skip) % Fault.Every != 0 || Hits >= Fault.Times ||
                (Fault.Probability is { } share && _random.NextDouble() >= share))
            {
                return false;
            }

            Hits++;
            SignalChange();
            return true;
        }
    }

    internal async Task HoldAsync(CancellationToken cancellationToken)
    {
        Task released;
        lock (_lock)
        {
            // It may have been switched off while the request was still in a delay that comes first: nobody would release it any more.
            if (_isOff)
            {
                return;
            }

            Held++;
            released = _released.Task;
            SignalChange();
        }

        try
        {
            await released.WaitAsync(cancellationToken);
        }
        finally
        {
            lock (_lock)
            {
                Held--;
                SignalChange();
            }
        }
    }

    private static bool ContainsText(JsonElement? node, string text) => node?.ValueKind switch
    {
        JsonValueKind.String => node.Value.GetString()!.Contains(text, StringComparison.Ordinal),
        JsonValueKind.Array => node.Value.EnumerateArray().Any(e => ContainsText(e, text)),
        JsonValueKind.Object => node.Value.EnumerateObject().Any(p => ContainsText(p.Value, text)),
        _ => false,
    };

    private void SignalChange()
    {
        _changed.SetResult();
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private async Task WaitAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (condition())
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }
}
