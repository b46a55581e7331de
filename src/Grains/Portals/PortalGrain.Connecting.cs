using OrleansSync.Grains.Connections.Checks;
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
        if (KeptSecrets.Missing(Connected(connection).Connection) is { } missing)
        {
            return new ConnectResponse(ConnectOutcome.SecretMissing, missing, null);
        }

        if (KeptSecrets.EntersTokens(connection.Bitrix24)
            && await new TokenTwinSearch(_accounts, _secrets, _time, _logger).FindAsync(AccountId, connection.Bitrix24) is { } twin)
        {
            return new ConnectResponse(ConnectOutcome.TokensTaken, null, null, twin);
        }

        var first = (isNew || State.Suspension is not null) && !connection.Settings.Paused ? NewRequest(RunTrigger.Connected) : null;

        // The reminder comes first: of an account that is not there it ends by itself, and without it nobody would look after one that is.
        await EnsureReminderAsync(reset: isNew || State.ReminderPeriod != _options.Period);
        await StoreConnectedAsync(connection, first);
        LogConnected(AccountId, isNew);
        return new ConnectResponse(isNew ? ConnectOutcome.Connected : ConnectOutcome.Updated, null, View());
    }

    public async Task<SettingsResponse> ChangeSettingsAsync(AccountSettings before, AccountSettings after)
    {
        if (!State.IsConnected)
        {
            return new SettingsResponse(SettingsOutcome.NoAccount, null);
        }

        if (Settings != before)
        {
            return new SettingsResponse(SettingsOutcome.Outdated, View());
        }

        var isUnpaused = before.Paused && !after.Paused;
        await _account.UpdateAsync(
            state => isUnpaused ? state with { WatchedSince = _time.GetUtcNow() } : state,
            connection => connection! with { Connection = connection.Connection with { Settings = after } });
        return new SettingsResponse(SettingsOutcome.Changed, View());
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
        var entersTokens = KeptSecrets.EntersTokens(sent.Bitrix24);
        var isSamePortal = !entersTokens && merged.Bitrix24.IsOAuth && merged.Bitrix24.PortalKey == known.Connection.Bitrix24.PortalKey;
        return new StoredConnection(merged, next, entersTokens ? next : known.TokensSince, isSamePortal ? known.Portal : null);
    }

    // One write: the account, its secrets and its first run are there together or not at all.
    private async Task StoreConnectedAsync(AccountConnection sent, QueuedRun? first)
    {
        var isUnpaused = Settings.Paused && !sent.Settings.Paused;
        var joined = first is null ? null : RunQueue.Joined(_queue, first) ?? first;
        await _account.UpdateAsync(
            state => state with
            {
                ConnectedAt = state.ConnectedAt ?? _time.GetUtcNow(),
                LastServedAt = state.ConnectedAt is null ? _time.GetUtcNow() : state.LastServedAt,
                ReminderPeriod = _options.Period,
                Linked = state.Linked ?? new LinkedPortal(PortalIdentity.Of((_account.Connection?.Connection ?? sent).Bitrix24)),
                Problem = state.Problem is { NeedsPerson: true } ? null : state.Problem,
                Suspension = null,
                WatchedSince = state.Suspension is not null || isUnpaused ? _time.GetUtcNow() : state.WatchedSince,
                Queue = joined is null ? state.Queue : RunQueue.With(state.Queue, joined),
            },
            _ => Connected(sent));

        // Also those of a run that began while this was stored: what it still sends is refused.
        _credentials.Remove(AccountId);
        if (joined is null)
        {
            return;
        }

        _queue = RunQueue.With(_queue, joined);
        ProgressOf(joined);
        ResumeWork();
    }
}
