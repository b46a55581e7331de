using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orleans.Storage;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Interfaces.Runs;
using OrleansSync.Grains.Storage;

namespace OrleansSync.Grains.Portals;

/// <summary>What the columns of an account's row are made of.</summary>
internal sealed record ListedState(PortalState State, StoredConnection Connection, AwaitingApproval Awaiting, RunSummary? LastRun)
{
    /// <summary>The account's status, most urgent first.</summary>
    public AccountStatus Status => this switch
    {
        { State.Problem.NeedsPerson: true } => AccountStatus.ActionRequired,
        { Awaiting.IsEmpty: false } or { State.Linked.Hold: not null } => AccountStatus.Held,
        { Connection.Connection.Settings.Paused: true } => AccountStatus.Paused,
        _ => AccountStatus.Active,
    };
}

/// <summary>
/// An account as it is stored and its portal keeps it while awake: immutable values that are swapped only after they are stored, with
/// writes one behind the other. Calls interleave at every await while a run is under way.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle is never asked for holds nothing to dispose of.")]
internal sealed class StoredAccount(string accountId, IAccountRows rows, Func<ListedState, AccountColumns> columns)
{
    private readonly SemaphoreSlim _writing = new(1);
    private long? _version;
    private long? _attempted;

    public PortalState State { get; private set; } = new();

    /// <summary>The connection; null when the account is not connected.</summary>
    public StoredConnection? Connection { get; private set; }

    public AccountSettings Settings => Connection?.Connection.Settings ?? AccountSettings.Default;

    public ImmutableSortedDictionary<long, UserRow> Roster { get; set; } = ImmutableSortedDictionary<long, UserRow>.Empty;

    /// <summary>Users whose row may be another than in <see cref="Roster"/>: it is read before a run decides on them.</summary>
    public ImmutableSortedSet<long> Doubtful { get; set; } = [];

    /// <summary>R7.2: who is taken out of the list by hand.</summary>
    public ImmutableSortedSet<long> Excluded { get; set; } = [];

    /// <summary>The changes that every run reports until one ends them, by user.</summary>
    public ImmutableSortedDictionary<long, RunChange> Standing { get; private set; } = ImmutableSortedDictionary<long, RunChange>.Empty;

    /// <summary>The newest run that has ended.</summary>
    public RunSummary? LastRun { get; private set; }

    /// <summary>R8.1, R8.2: who waits for approval.</summary>
    public AwaitingApproval Awaiting { get; private set; } = AwaitingApproval.None;

    /// <summary>The status, most urgent first.</summary>
    public AccountStatus Status => new ListedState(State, Connection!, Awaiting, LastRun).Status;

    /// <summary>Reads everything that is stored.</summary>
    /// <exception cref="StorageUnavailableException">The database cannot be used.</exception>
    /// <exception cref="UnreadableRowException">What is stored of the account cannot be read.</exception>
    public async Task WakeAsync()
    {
        if (await rows.WakeAsync(accountId) is not { } snapshot)
        {
            return;
        }

        (_version, State, Connection) = (snapshot.Account.Version, StateOf(snapshot.Account), ConnectionOf(snapshot.Account));
        Roster = snapshot.Users.ToImmutableSortedDictionary(row => row.UserId, row => row);
        Doubtful = [.. snapshot.Unreadable];
        Excluded = [.. snapshot.Excluded];
        Stand(snapshot.Standing.ToImmutableSortedDictionary(change => change.BitrixUserId, change => change));
        LastRun = snapshot.LastRun;
    }

    /// <summary>Stores a changed state; a change that returns the same instance and closes no run writes nothing.</summary>
    /// <param name="change">Makes the new state of the current one; must not have side effects.</param>
    /// <param name="connection">A changed connection; null leaves it.</param>
    /// <param name="run">Makes the run that ends with it; null for none.</param>
    /// <exception cref="InconsistentStateException">Another activation wrote in between; this one ends.</exception>
    /// <exception cref="StorageUnavailableException">The database cannot be used; whether it was written shows the next write.</exception>
    public async Task UpdateAsync(
        Func<PortalState, PortalState> change, StoredConnection? connection = null, Func<StoredAccount, ClosedRun>? run = null)
    {
        await _writing.WaitAsync();
        try
        {
            await ReadAgainIfDoubtfulAsync();
            var next = change(State);
            if (ReferenceEquals(next, State) && connection is null && run is null)
            {
                return;
            }

            await WriteAsync(next, connection, run?.Invoke(this));
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Erases the row, the last thing that is left of an account.</summary>
    public async Task EraseAsync()
    {
        await _writing.WaitAsync();
        try
        {
            await rows.EraseRowAsync(accountId);
            (_version, _attempted, State, Connection, LastRun) = (null, null, new PortalState(), null, null);
            (Roster, Doubtful, Excluded) = (ImmutableSortedDictionary<long, UserRow>.Empty, [], []);
            Stand(ImmutableSortedDictionary<long, RunChange>.Empty);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task WriteAsync(PortalState next, StoredConnection? connection, ClosedRun? run)
    {
        var standing = run is null
            ? Standing
            : Standing.RemoveRange(run.Ended).SetItems(run.Begun.Select(begun => KeyValuePair.Create(begun.BitrixUserId, begun)));
        var version = UserRow.NewVersion();
        var row = new AccountRow
        {
            AccountId = accountId,
            Version = version,
            State = JsonSerializer.Serialize(next, GrainStateJsonContext.Default.PortalState),
            Connection = connection is null ? null : JsonSerializer.Serialize(connection, GrainStateJsonContext.Default.StoredConnection),
            Columns = columns(new ListedState(next, connection ?? Connection!, AwaitingOf(standing), run?.Summary ?? LastRun)),
        };
        _attempted = version;
        if (!await rows.WriteAsync(new AccountWrite { Row = row, Expected = _version, Run = run }))
        {
            throw Replaced();
        }

        _attempted = null;
        (_version, State, Connection, LastRun) = (version, next, connection ?? Connection, run?.Summary ?? LastRun);
        Stand(standing);
    }

    // After a write that failed nobody knows whether it was stored: its version decides, and only the store has it.
    private async Task ReadAgainIfDoubtfulAsync()
    {
        if (_attempted is not { } attempted)
        {
            return;
        }

        var stored = await rows.ReadAsync(accountId);
        if (stored?.Version == attempted)
        {
            // It holds more than the row: the run that ended with it, and what stood from then on.
            await WakeAsync();
        }
        else if (stored?.Version != _version)
        {
            throw Replaced();
        }

        _attempted = null;
    }

    private void Stand(ImmutableSortedDictionary<long, RunChange> standing) => (Standing, Awaiting) = (standing, AwaitingOf(standing));

    private InconsistentStateException Replaced() => new($"Account {accountId} was written by another activation; this one ends.");

    private static AwaitingApproval AwaitingOf(ImmutableSortedDictionary<long, RunChange> standing)
    {
        return new AwaitingApproval(Waiting(ProblemCode.DeletionGuard), Waiting(ProblemCode.RecreationGuard));

        ImmutableSortedSet<long> Waiting(ProblemCode code) =>
            [.. standing.Values.Where(change => change.Reason?.Code == code).Select(change => change.BitrixUserId)];
    }

    private static PortalState StateOf(AccountRow row) =>
        Read(row.State, GrainStateJsonContext.Default.PortalState, "state", row.AccountId);

    private static StoredConnection ConnectionOf(AccountRow row) =>
        Read(row.Connection!, GrainStateJsonContext.Default.StoredConnection, "connection", row.AccountId);

    private static T Read<T>(string text, JsonTypeInfo<T> type, string column, string accountId)
    {
        try
        {
            return JsonSerializer.Deserialize(text, type) ?? throw new JsonException("It is null.");
        }
        catch (JsonException exception)
        {
            // What is wrong with it says the path alone: the text may hold names and addresses.
            throw new UnreadableRowException(
                $"The {column} that is stored of account {accountId} cannot be read (at {exception.Path ?? "its beginning"}). "
                + "Nothing is done for it before its row in the table account is restored from a backup, or deleted and the account "
                + "connected again: its employees are found by their e-mail addresses.");
        }
    }
}
