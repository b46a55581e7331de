using OrleansSync.Grains.Concurrency;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Portals;

/// <content>Disconnecting: everything about the account goes, nothing in CallGear changes.</content>
internal sealed partial class PortalGrain
{
    private static readonly TimeSpan _erasurePatience = TimeSpan.FromSeconds(20);

    public async Task<bool> DisconnectAsync()
    {
        if (!State.IsConnected)
        {
            return false;
        }

        // From here on nobody sees the account; what is left is erased even if the process ends in between.
        await _portal.UpdateAsync(state => state with { IsBeingErased = true, Queue = [] });
        await EnsureTakeUpAsync();
        await UnregisterAsync(ImportReminder);
        await _grains.GetGrain<IBitrix24ConnectionGrain>(AccountKey).ClearAsync();
        await _grains.GetGrain<ICallGearConnectionGrain>(AccountKey).ClearAsync();
        _queue = [];
        if (_running is { } running)
        {
            await running.CancelAsync();
        }

        LogDisconnected(AccountId);
        ResumeWork();
        return true;
    }

    private async Task EraseAsync()
    {
        var users = _roster.Current.Users.Keys.Union(State.Unsettled).ToArray();
        await SlidingWindow.ForEachAsync(users, _options.UsersPerRun, userId =>
            _grains.GetGrain<IEmployeeGrain>(GrainKeys.User(AccountId, userId)).ClearAsync());
        await SlidingWindow.ForEachAsync(State.Runs, _options.UsersPerRun, run => ChangesOf(run.RunId).ClearAsync());
        await Responsible.ClearAsync();
        await _roster.ClearAsync();
        await ForgetRemindersAsync();
        await _portal.ClearAsync();
        _live.Clear();

        // The activation stays: whoever connects the account again at once is served by it, and to end it now would interrupt the first run.
        LogErased(AccountId);
    }
}
