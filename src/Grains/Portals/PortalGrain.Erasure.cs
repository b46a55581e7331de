using OrleansSync.Grains.Interfaces.Connections;

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

        // From the mark on nobody sees the account, and its keys are refused; what is left is erased even if the process ends in between.
        await _account.UpdateAsync(state => state with { IsBeingErased = true, Queue = [] });
        _credentials.Remove(AccountId);
        _queue = [];
        if (_running is { } running)
        {
            await running.CancelAsync();
        }

        LogDisconnected(AccountId);
        ResumeWork();
        return true;
    }

    // Every step can be done again. The mark goes last: as long as it is there, the next activation goes on.
    private async Task EraseAsync()
    {
        await _grains.GetGrain<IBitrix24ConnectionGrain>(AccountKey).ClearAsync();
        await _grains.GetGrain<ICallGearConnectionGrain>(AccountKey).ClearAsync();
        await _accounts.EraseAsync(AccountId);
        await ForgetReminderAsync();
        await _account.EraseAsync();
        _live.Clear();
        _ended = null;

        // The activation stays: whoever connects the account again at once is served by it, and to end it now would interrupt the first
        // run.
        LogErased(AccountId);
    }
}
