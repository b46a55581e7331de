using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Portals;

/// <content>The schedule (R1.1, R1.5, R8.9).</content>
internal sealed partial class PortalGrain
{
    private const string ImportReminder = "import";

    private bool _hasReminder;
    private bool _isServingSchedule;

    private bool IsSuspended => State.Suspension is { } suspension && _time.GetUtcNow() < suspension.Until;

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (State.ConnectedAt is null)
        {
            await ForgetReminderAsync();
            return;
        }

        await FollowPeriodAsync();
        await RunIfDueAsync();
    }

    public async Task WatchAsync()
    {
        if (State.IsConnected)
        {
            await FollowPeriodAsync();
            await RunIfDueAsync();
        }

        ResumeWork();
    }

    // A tick only means to look: ticks may come twice, late, or on a silo that was asleep.
    private async Task RunIfDueAsync()
    {
        var now = _time.GetUtcNow();
        var isDue = _schedule.SlotOfTick(now) > _schedule.SlotOfTick(State.LastServedAt);
        var isServed = _isServingSchedule || _queue.Any(run => run.ServesSchedule);
        if (State.IsConnected && isDue && !isServed && !Settings.Paused && !IsSuspended)
        {
            if (_backlog.MustWait(AccountId))
            {
                // What is in memory of it would have to wait too.
                if (!HasWork)
                {
                    DeactivateOnIdle();
                }

                return;
            }

            await EnqueueAsync(NewRequest(RunTrigger.Scheduled) with { ServesSchedule = true });
        }
    }

    private DateTimeOffset? NextRunAt(PortalState state, AccountSettings settings)
    {
        if (settings.Paused)
        {
            return null;
        }

        var now = _time.GetUtcNow();
        return _schedule.NextAfter(state.Suspension is { } suspension && suspension.Until > now ? suspension.Until : now);
    }

    // The operator may have started the service with another period than the reminder was registered with.
    private async Task FollowPeriodAsync()
    {
        if (!State.IsConnected)
        {
            return;
        }

        var isStale = State.ReminderPeriod != _options.Period;
        await EnsureReminderAsync(isStale);
        if (isStale)
        {
            await _account.UpdateAsync(state => state with { ReminderPeriod = _options.Period });
        }
    }

    private async Task EnsureReminderAsync(bool reset)
    {
        // To register a reminder that is there would move its phase.
        if (!reset && (_hasReminder || await this.GetReminder(ImportReminder) is not null))
        {
            _hasReminder = true;
            return;
        }

        var now = _time.GetUtcNow();
        await this.RegisterOrUpdateReminder(ImportReminder, _schedule.NextAfter(now) - now, _options.Period);
        _hasReminder = true;
    }

    private async Task ForgetReminderAsync()
    {
        _hasReminder = false;
        if (await this.GetReminder(ImportReminder) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }
    }
}
