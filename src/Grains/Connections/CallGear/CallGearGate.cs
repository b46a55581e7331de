using OrleansSync.CallGear.Responses;
using OrleansSync.Grains.Admission;
using OrleansSync.Grains.Connections.Limits;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Connections.CallGear;

/// <summary>
/// What all requests of an account to CallGear pass: first the account's points, then one of the few places for requests under way. In this
/// order, so that a request that waits for points keeps no place from an urgent one.
/// </summary>
internal sealed class CallGearGate
{
    private readonly PointBudget _budget;
    private readonly ConcurrencyLimit _concurrency;
    private readonly PriorityLimiter _forPoints;
    private readonly PriorityLimiter _forConcurrency;

    public CallGearGate(ConnectionOptions options, TimeProvider time)
    {
        _budget = new PointBudget(time);
        _concurrency = new ConcurrencyLimit(options.MaxConcurrentCalls);
        _forPoints = new PriorityLimiter(_budget, time);
        _forConcurrency = new PriorityLimiter(_concurrency, time);
    }

    /// <summary>Waits until a request may be sent; who was let through must <see cref="Leave"/>.</summary>
    /// <param name="urgent">Whether a person waits.</param>
    /// <param name="waiting">The time that may be spent waiting for points.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it may be sent; false when the points come too late.</returns>
    public async Task<bool> EnterAsync(bool urgent, TimeAllowance waiting, CancellationToken cancellationToken)
    {
        var patience = waiting.Remaining;
        using (waiting.Spend())
        {
            if (!await _forPoints.AcquireAsync(urgent, patience, cancellationToken))
            {
                return false;
            }
        }

        try
        {
            return await _forConcurrency.AcquireAsync(urgent, Timeout.InfiniteTimeSpan, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _forPoints.Change(() => _budget.Settle(PointUse.Kept, null, TimeSpan.Zero));
            throw;
        }
    }

    /// <summary>When the next request may be sent, as far as answers told.</summary>
    /// <param name="now">The present.</param>
    public VendorWait Outlook(DateTimeOffset now)
    {
        var until = TimeSpan.Zero;
        _forPoints.Change(() => until = _budget.UntilPermit(0));
        return new VendorWait(LimitedVendor.CallGear, until > TimeSpan.Zero ? now + until : null, _budget.PerMinute);
    }

    /// <summary>Takes note of how a request ended.</summary>
    /// <param name="use">What became of its point.</param>
    /// <param name="told">The limits its answer told.</param>
    /// <param name="took">Time since it was sent.</param>
    /// <param name="refusedFor">For how long CallGear takes no further requests; null when it did not say so.</param>
    public void Leave(PointUse use, CallGearLimits? told, TimeSpan took, TimeSpan? refusedFor)
    {
        _forPoints.Change(() =>
        {
            _budget.Settle(use, told, took);
            if (refusedFor is { } duration)
            {
                _budget.Block(duration);
            }
        });
        _forConcurrency.Change(_concurrency.Give);
    }
}
