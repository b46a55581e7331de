using Npgsql;
using OrleansSync.Storage.Rows;

namespace OrleansSync.Storage.PostgreSql;

/// <summary>
/// Writes rows to PostgreSQL: all statements in one round trip, which makes them one transaction. The server prepares each once a
/// connection.
/// </summary>
internal sealed class PostgreSqlRows(NpgsqlDataSource dataSource) : IRowEngine
{
    /// <summary>The name under which Orleans' ADO.NET providers know PostgreSQL.</summary>
    public const string ProviderInvariant = "Npgsql";

    private const string ForeignKeyViolation = "23503";

    /// <inheritdoc />
    public string Invariant => ProviderInvariant;

    /// <inheritdoc />
    public bool IsBlocking => false;

    /// <inheritdoc />
    public string LockAccount => "SELECT 1 FROM account WHERE account_id = @account FOR UPDATE";

    /// <inheritdoc />
    public string HoldAccount => "SELECT 1 FROM account WHERE account_id = @account FOR NO KEY UPDATE";

    /// <inheritdoc />
    /// <remarks>For the transaction alone, whatever the connection is used for afterwards and whoever pools it.</remarks>
    public string ShortWaits => "SELECT set_config('lock_timeout', '2s', true)";

    /// <inheritdoc />
    public string Ordinal => "COLLATE \"C\"";

    /// <inheritdoc />
    public string Elements(string json) => $"jsonb_array_elements({json}::jsonb)";

    /// <inheritdoc />
    public string Seconds(string moment) => $"CAST(floor(extract(epoch FROM {moment})) AS bigint)";

    /// <inheritdoc />
    public async Task<bool[]> WriteAsync(IReadOnlyList<RowWrite> rows)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new(ShortWaits) } };
        var first = new List<int>(rows.Count);
        foreach (var row in rows)
        {
            first.Add(batch.BatchCommands.Count);
            foreach (var step in row.Steps)
            {
                var command = new NpgsqlBatchCommand(step.Sql);
                foreach (var value in step.Values)
                {
                    command.Parameters.Add(ParameterOf(value));
                }

                batch.BatchCommands.Add(command);
            }
        }

        await batch.ExecuteNonQueryAsync();
        return [.. first.Select(place => batch.BatchCommands[place].RecordsAffected > 0)];
    }

    // One that knows its type is bound without looking for a converter each time.
    private static NpgsqlParameter ParameterOf(RowValue value) => value.Value switch
    {
        string text => new NpgsqlParameter<string> { TypedValue = text },
        long number => new NpgsqlParameter<long> { TypedValue = number },
        bool flag => new NpgsqlParameter<bool> { TypedValue = flag },
        DateTimeOffset moment => new NpgsqlParameter<DateTimeOffset> { TypedValue = moment },
        _ => new NpgsqlParameter { DbType = value.Type, Value = value.Value },
    };

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
}
