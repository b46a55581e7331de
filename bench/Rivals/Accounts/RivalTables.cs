using Npgsql;

namespace OrleansSync.Rivals.Accounts;

/// <summary>A rival's own tables: links and runs, written one row a statement without a transaction around them.</summary>
/// <param name="database">The database.</param>
internal sealed class RivalTables(NpgsqlDataSource database)
{
    /// <summary>Makes them.</summary>
    public async Task CreateAsync()
    {
        await using var command = database.CreateCommand(
            """
            CREATE TABLE link (
                account text NOT NULL, user_id bigint NOT NULL, employee_id bigint NOT NULL, outcome text NOT NULL,
                changed_at timestamptz NOT NULL, PRIMARY KEY (account, user_id));
            CREATE TABLE run (
                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, account text NOT NULL, started_at timestamptz NOT NULL,
                finished_at timestamptz NOT NULL, users int NOT NULL, changed int NOT NULL);
            CREATE INDEX run_of_account ON run (account, id);
            """);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The employee of each user that is linked.</summary>
    /// <param name="account">The account.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public async Task<Dictionary<long, long>> LinksAsync(string account, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT user_id, employee_id FROM link WHERE account = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = account });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var links = new Dictionary<long, long>();
        while (await reader.ReadAsync(cancellationToken))
        {
            links[reader.GetInt64(0)] = reader.GetInt64(1);
        }

        return links;
    }

    /// <summary>Keeps whom a user belongs to, and what was done.</summary>
    /// <param name="account">The account.</param>
    /// <param name="userId">The Bitrix24 user.</param>
    /// <param name="employeeId">The CallGear employee.</param>
    /// <param name="outcome">What was done.</param>
    /// <param name="at">When.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public async Task LinkAsync(
        string account, long userId, long employeeId, string outcome, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            INSERT INTO link (account, user_id, employee_id, outcome, changed_at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (account, user_id) DO UPDATE
            SET employee_id = excluded.employee_id, outcome = excluded.outcome, changed_at = excluded.changed_at
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = account });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = userId });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = employeeId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = outcome });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = at });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Keeps a run that has ended.</summary>
    /// <param name="account">The account.</param>
    /// <param name="startedAt">When it began.</param>
    /// <param name="finishedAt">When it ended.</param>
    /// <param name="users">Users of the portal.</param>
    /// <param name="changed">Users for whom something was done.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public async Task AddRunAsync(
        string account, DateTimeOffset startedAt, DateTimeOffset finishedAt, int users, int changed, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "INSERT INTO run (account, started_at, finished_at, users, changed) VALUES ($1, $2, $3, $4, $5)");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = account });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = startedAt });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = finishedAt });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = users });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = changed });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
