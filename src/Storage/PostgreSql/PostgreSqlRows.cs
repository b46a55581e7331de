using Npgsql;
using NpgsqlTypes;
using OrleansSync.Storage.Rows;

namespace OrleansSync.Storage.PostgreSql;

/// <summary>
/// Writes rows to PostgreSQL: one statement for the users and one for the accounts, over arrays, in one round trip. The statements' parts
/// see one snapshot, and what belongs to a row is written only where the row itself was.
/// </summary>
internal sealed class PostgreSqlRows(NpgsqlDataSource dataSource) : IRowEngine
{
    private const string ForeignKeyViolation = "23503";

    /// <inheritdoc />
    public string LockAccount => "SELECT 1 FROM account WHERE account_id = @account FOR UPDATE";

    /// <inheritdoc />
    public string HoldAccount => "SELECT 1 FROM account WHERE account_id = @account FOR NO KEY UPDATE";

    /// <inheritdoc />
    /// <remarks>For the transaction alone, whatever the connection is used for afterwards and whoever pools it.</remarks>
    public string ShortWaits => "SELECT set_config('lock_timeout', '2s', true)";

    /// <inheritdoc />
    public async Task<RowBatchAnswer> WriteAsync(RowBatch batch)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await using var commands = new NpgsqlBatch(connection);

        commands.BatchCommands.Add(new NpgsqlBatchCommand(ShortWaits));
        if (batch.Users.Count > 0)
        {
            commands.BatchCommands.Add(UserCommand(batch.Users));
        }

        if (batch.Accounts.Count > 0)
        {
            commands.BatchCommands.Add(AccountCommand(batch.Accounts));
        }

        var answer = new RowBatchAnswer(new bool[batch.Users.Count], new bool[batch.Accounts.Count]);
        await using var reader = await commands.ExecuteReaderAsync();
        foreach (var written in new[] { answer.Users, answer.Accounts }.Where(written => written.Length > 0))
        {
            await reader.NextResultAsync();
            while (await reader.ReadAsync())
            {
                written[reader.GetInt32(0)] = true;
            }
        }

        // An error of a later statement shows only when its result is asked for.
        while (await reader.NextResultAsync())
        {
        }

        return answer;
    }

    /// <inheritdoc />
    public RowFault Judge(Exception exception) => exception is not PostgresException postgres ? RowFault.Whole : postgres.SqlState switch
    {
        ForeignKeyViolation => RowFault.AccountGone,
        PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.LockNotAvailable =>
            RowFault.Passing,
        _ when postgres.SqlState.StartsWith("22", StringComparison.Ordinal)
            || postgres.SqlState.StartsWith("23", StringComparison.Ordinal) => RowFault.Row,
        _ => RowFault.Whole,
    };

    private static NpgsqlBatchCommand UserCommand(IReadOnlyList<UserValues> users)
    {
        var command = new NpgsqlBatchCommand(PostgreSqlRowStatements.Users);
        var history = users.SelectMany((user, index) => user.History.Select(entry => (Index: index, Entry: entry))).ToArray();
        var changes = users.SelectMany((user, index) => user.Changes.Select(change => (Index: index, Change: change))).ToArray();
        Add(command, NpgsqlDbType.Integer, Indexes(users.Count));
        Add(command, NpgsqlDbType.Text, users.Select(user => user.Write.AccountId));
        Add(command, NpgsqlDbType.Bigint, users.Select(user => user.Row.UserId));
        Add(command, NpgsqlDbType.Bigint, users.Select(user => user.Row.Version));
        Add(command, NpgsqlDbType.Bigint, users.Select(user => user.Write.Expected));
        Add(command, NpgsqlDbType.Boolean, users.Select(user => user.Write.IsErased));
        Add(command, NpgsqlDbType.Text, users.Select(user => user.Name));
        Add(command, NpgsqlDbType.Text, users.Select(user => user.Email));
        Add(command, NpgsqlDbType.Text, users.Select(user => user.Folded));
        Add(command, NpgsqlDbType.Text, users.Select(user => user.Outcome));
        Add(command, NpgsqlDbType.Text, users.Select(user => user.ReasonCode));
        Add(command, NpgsqlDbType.Text, users.Select(user => user.Reason));
        Add(command, NpgsqlDbType.Bigint, users.Select(user => user.Row.Link?.EmployeeId));
        Add(command, NpgsqlDbType.Text, users.Select(user => user.LinkEmail));
        Add(command, NpgsqlDbType.Text, users.Select(user => user.LinkOrigin));
        Add(command, NpgsqlDbType.TimestampTz, users.Select(user => user.LinkedAt));
        Add(command, NpgsqlDbType.Text, users.Select(user => user.Intent));
        Add(command, NpgsqlDbType.Boolean, users.Select(user => user.Row.IsListed));
        Add(command, NpgsqlDbType.Integer, users.Select(user => user.Row.Entries));
        Add(command, NpgsqlDbType.Bigint, users.Select(user => user.Row.Run));
        Add(command, NpgsqlDbType.Integer, history.Select(item => item.Index));
        Add(command, NpgsqlDbType.Integer, history.Select(item => item.Entry.Entry));
        Add(command, NpgsqlDbType.TimestampTz, history.Select(item => item.Entry.At));
        Add(command, NpgsqlDbType.Text, history.Select(item => item.Entry.RunId));
        Add(command, NpgsqlDbType.Text, history.Select(item => item.Entry.Outcome));
        Add(command, NpgsqlDbType.Text, history.Select(item => item.Entry.Detail));
        AddChanges(command, changes);
        return command;
    }

    private static NpgsqlBatchCommand AccountCommand(IReadOnlyList<AccountValues> accounts)
    {
        var command = new NpgsqlBatchCommand(PostgreSqlRowStatements.Accounts);
        var runs = accounts.Select((account, index) => (Index: index, account.Run)).Where(item => item.Run is not null)
            .Select(item => (item.Index, Run: item.Run!)).ToArray();
        var ended = runs.SelectMany(item => item.Run.Run.Ended.Select(user => (item.Index, User: user))).ToArray();
        Add(command, NpgsqlDbType.Integer, Indexes(accounts.Count));
        Add(command, NpgsqlDbType.Text, accounts.Select(account => account.Row.AccountId));
        Add(command, NpgsqlDbType.Bigint, accounts.Select(account => account.Row.Version));
        Add(command, NpgsqlDbType.Bigint, accounts.Select(account => account.Write.Expected));
        Add(command, NpgsqlDbType.Text, accounts.Select(account => account.State));
        Add(command, NpgsqlDbType.Text, accounts.Select(account => account.Connection));
        Add(command, NpgsqlDbType.Boolean, accounts.Select(account => account.Columns.IsBeingErased));
        Add(command, NpgsqlDbType.Text, accounts.Select(account => account.Columns.Status.ToString()));
        Add(command, NpgsqlDbType.Smallint, accounts.Select(account => (short)account.Columns.Status));
        Add(command, NpgsqlDbType.Text, accounts.Select(account => account.Columns.Problem?.ToString()));
        Add(command, NpgsqlDbType.Text, accounts.Select(account => account.DisplayName));
        Add(command, NpgsqlDbType.Text, accounts.Select(account => account.Folded));
        Add(command, NpgsqlDbType.Text, accounts.Select(account => account.FoldedName));
        Add(command, NpgsqlDbType.Text, accounts.Select(account => account.Columns.PortalKey));
        Add(command, NpgsqlDbType.TimestampTz, accounts.Select(account => account.Columns.ConnectedAt.ToUniversalTime()));
        Add(command, NpgsqlDbType.TimestampTz, accounts.Select(account => account.Columns.LastRunAt?.ToUniversalTime()));
        Add(command, NpgsqlDbType.TimestampTz, accounts.Select(account => account.Columns.LastSuccessAt?.ToUniversalTime()));
        Add(command, NpgsqlDbType.TimestampTz, accounts.Select(account => account.Columns.NextRunAt?.ToUniversalTime()));
        Add(command, NpgsqlDbType.Integer, accounts.Select(account => account.Columns.FailuresInARow));
        Add(command, NpgsqlDbType.Boolean, accounts.Select(account => account.Columns.HasWork));
        Add(command, NpgsqlDbType.Bigint, accounts.Select(account => account.Columns.DecidedRun));
        Add(command, NpgsqlDbType.Integer, runs.Select(item => item.Index));
        Add(command, NpgsqlDbType.Bigint, runs.Select(item => item.Run.Run.Number));
        Add(command, NpgsqlDbType.Text, runs.Select(item => item.Run.Summary.RunId));
        Add(command, NpgsqlDbType.Text, runs.Select(item => item.Run.Summary.Status.ToString()));
        Add(command, NpgsqlDbType.TimestampTz, runs.Select(item => item.Run.Summary.FinishedAt!.Value.ToUniversalTime()));
        Add(command, NpgsqlDbType.Text, runs.Select(item => item.Run.Run.Scope.ToString()));
        Add(command, NpgsqlDbType.Bigint, runs.Select(item => item.Run.Summary.OnlyUser));
        Add(command, NpgsqlDbType.Text, runs.Select(item => item.Run.Summary.Error?.Code.ToString()));
        Add(command, NpgsqlDbType.Integer, runs.Select(item => item.Run.Summary.Calls.Bitrix24));
        Add(command, NpgsqlDbType.Integer, runs.Select(item => item.Run.Summary.Calls.CallGear));
        Add(command, NpgsqlDbType.Text, runs.Select(item => item.Run.Text));
        Add(command, NpgsqlDbType.Bigint, runs.Select(item => item.Run.Run.ForgottenUpTo));
        Add(command, NpgsqlDbType.Integer, ended.Select(item => item.Index));
        Add(command, NpgsqlDbType.Bigint, ended.Select(item => item.User));
        AddChanges(command, [.. runs.SelectMany(item => item.Run.Changes.Select(change => (item.Index, change)))]);
        return command;
    }

    private static void AddChanges(NpgsqlBatchCommand command, (int Index, ChangeValues Change)[] changes)
    {
        Add(command, NpgsqlDbType.Integer, changes.Select(item => item.Index));
        Add(command, NpgsqlDbType.Bigint, changes.Select(item => item.Change.UserId));
        Add(command, NpgsqlDbType.Bigint, changes.Select(item => item.Change.First));
        Add(command, NpgsqlDbType.Bigint, changes.Select(item => item.Change.Until));
        Add(command, NpgsqlDbType.Text, changes.Select(item => item.Change.Outcome));
        Add(command, NpgsqlDbType.Smallint, changes.Select(item => item.Change.Rank));
        Add(command, NpgsqlDbType.Text, changes.Select(item => item.Change.ReasonCode));
        Add(command, NpgsqlDbType.Text, changes.Select(item => item.Change.Detail));
    }

    private static IEnumerable<int> Indexes(int count) => Enumerable.Range(0, count);

    private static void Add<T>(NpgsqlBatchCommand command, NpgsqlDbType type, IEnumerable<T> values) =>
        command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | type });
}
