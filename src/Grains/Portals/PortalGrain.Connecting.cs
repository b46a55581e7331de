using OrleansSync.Grains.Connections.Credentials;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Runs;
using OrleansSync.Grains.Storage;

namespace OrleansSync.Grains.Portals;

/// <content>Connecting the account, and changing its connection.</content>
internal sealed partial class PortalGrain
{
    public async Task<ConnectResponse> ConnectAsync(AccountConnection connection)
    {
        // Who disconnects an account and connects it again at once should not have to try twice.
        if (State.IsBeingErased)
        {
            await Task.WhenAny(_work, Task.Delay(_erasurePatience, _time));
        }

        if (State.IsBeingErased)
        {
            return new ConnectResponse(ConnectOutcome.BeingErased, null, null);
        }

        var isNew = !State.IsConnected;
        var next = Connected(connection);
        if (KeptSecrets.Missing(next.Connection) is { } missing)
        {
            return new ConnectResponse(ConnectOutcome.SecretMissing, missing, null);
        }

        var first = (isNew || State.Suspension is not null) && !connection.Settings.Paused ? NewRequest(RunTrigger.Connected) : null;

        // The reminders come first: of an account that is not there they end by themselves, and without them nobody would look after one
        // that is.
        await EnsureReminderAsync(reset: isNew || State.ReminderPeriod != _options.Period);
        if (first is not null)
        {
            await EnsureRecoveryAsync();
        }

        await StoreConnectedAsync(next, first);
        LogConnected(AccountId, isNew);
        return new ConnectResponse(isNew ? ConnectOutcome.Connected : ConnectOutcome.Updated, null, View());
    }

    private StoredConnection Connected(AccountConnection sent)
    {
        var known = State.IsConnected ? _account.Connection : null;
        var merged = KeptSecrets.Merge(known?.Connection, sent);
        if (known is null)
        {
            // Not 1: what an earlier account of this id had is not to be taken for this one's.
            var generation = _time.GetUtcNow().ToUnixTimeMilliseconds();
            return new StoredConnection(merged, generation, generation);
        }

        var isSame = merged.Bitrix24 == known.Connection.Bitrix24 && merged.CallGear == known.Connection.CallGear;
        var next = isSame ? known.Generation : known.Generation + 1;
        return new StoredConnection(merged, next, KeptSecrets.EntersTokens(sent.Bitrix24) ? next : known.TokensSince);
    }

    // One write: the account, its secrets and its first run are there together or not at all.
    private async Task StoreConnectedAsync(StoredConnection next, QueuedRun? first)
    {
        var joined = first is null ? null : RunQueue.Joined(_queue, first) ?? first;
        await _account.UpdateAsync(
            state => state with
            {
                ConnectedAt = state.ConnectedAt ?? _time.GetUtcNow(),
                LastServedAt = state.ConnectedAt is null ? _time.GetUtcNow() : state.LastServedAt,
                ReminderPeriod = _options.Period,
                Linked = state.Linked ?? new LinkedPortal(PortalIdentity.Of((_account.Connection ?? next).Connection.Bitrix24)),
                Problem = state.Problem is { NeedsPerson: true } ? null : state.Problem,
                Suspension = null,
                Queue = joined is null ? state.Queue : RunQueue.With(state.Queue, joined),
            },
            next);
        if (joined is null)
        {
            return;
        }

        _queue = RunQueue.With(_queue, joined);
        ProgressOf(joined);
        ResumeWork();
    }
}
