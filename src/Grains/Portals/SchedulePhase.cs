using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Portals;

/// <summary>
/// R1.1: the points in time at which one account is imported. The phase within the period is fixed by a hash of the id, so that accounts
/// that are connected or started together do not tick together.
/// </summary>
internal sealed class SchedulePhase
{
    // A tick may come a little early by the clock of the silo that serves it.
    private static readonly TimeSpan _clockTolerance = TimeSpan.FromSeconds(5);

    private readonly TimeSpan _period;
    private readonly TimeSpan _phase;

    public SchedulePhase(string accountId, TimeSpan period)
    {
        _period = period;
        _phase = TimeSpan.FromTicks((long)(PermanentHash.Of(accountId) % (ulong)period.Ticks));
    }

    /// <summary>The first point in time after another.</summary>
    public DateTimeOffset NextAfter(DateTimeOffset moment) => StartOf(Slot(moment) + 1);

    /// <summary>The number of the slot a tick belongs to; a slot is served once.</summary>
    public long SlotOfTick(DateTimeOffset moment) => Slot(moment + _clockTolerance);

    private long Slot(DateTimeOffset moment) => (long)Math.Floor((moment - DateTimeOffset.UnixEpoch - _phase) / _period);

    private DateTimeOffset StartOf(long slot) => DateTimeOffset.UnixEpoch + _phase + (slot * _period);
}
