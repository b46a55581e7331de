using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using OrleansSync.Testing.Services;

namespace OrleansSync.Faults.Changes;

/// <summary>What the service's database holds of an account, read past the service: nobody is woken by it.</summary>
internal sealed class StoredRows
{
    private const string OfAccount = " WHERE account_id = @account";

    private const string Remains =
        "SELECT 'account', count(*) FROM account" + OfAccount
        + " UNION ALL SELECT 'employee', count(*) FROM employee" + OfAccount
        + " UNION ALL SELECT 'history', count(*) FROM history" + OfAccount
        + " UNION ALL SELECT 'run', count(*) FROM run" + OfAccount
        + " UNION ALL SELECT 'run_change', count(*) FROM run_change" + OfAccount
        + " UNION ALL SELECT 'responsible_exclusion', count(*) FROM responsible_exclusion" + OfAccount
        + " UNION ALL SELECT 'account_key', count(*) FROM account_key" + OfAccount
        + " UNION ALL SELECT 'audit', count(*) FROM audit" + OfAccount
        + " UNION ALL SELECT 'grain_state', count(*) FROM grain_state"
        + " WHERE key_text = 'account/' || @account OR key_text LIKE 'account/' || @account || '/%'"
        + " UNION ALL SELECT 'reminder', count(*) FROM reminder"
        + " WHERE grain_id LIKE '%account/' || @account OR grain_id LIKE '%account/' || @account || '/%'";

    // A user's row, its history and the change that a run reports are stored together, and so is what they say.
    private const string Halves =
        "SELECT 'user ' || user_id || ' has other entries than its row counts' FROM employee e" + OfAccount
        + " AND entries <> (SELECT count(*) FROM history h WHERE h.account_id = e.account_id AND h.user_id = e.user_id)"
        + " UNION ALL SELECT 'user ' || user_id || ' is linked without exactly one entry that says so' FROM employee e" + OfAccount
        + " AND employee_id IS NOT NULL AND 1 <> (SELECT count(*) FROM history h"
        + " WHERE h.account_id = e.account_id AND h.user_id = e.user_id AND h.outcome IN ('Created', 'Linked'))"
        + " UNION ALL SELECT 'user ' || user_id || ' is linked without a change that a run reports' FROM employee e" + OfAccount
        + " AND employee_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM run_change c"
        + " WHERE c.account_id = e.account_id AND c.user_id = e.user_id AND c.outcome IN ('Created', 'Linked'))"
        + " UNION ALL SELECT 'user ' || user_id || ' has a history without a row' FROM history h" + OfAccount
        + " AND NOT EXISTS (SELECT 1 FROM employee e WHERE e.account_id = h.account_id AND e.user_id = h.user_id)"
        + " UNION ALL SELECT 'employee ' || employee_id || ' is linked ' || count(*) || ' times' FROM employee" + OfAccount
        + " AND employee_id IS NOT NULL GROUP BY employee_id HAVING count(*) > 1";

    private readonly Func<DbConnection> _connect;

    private StoredRows(Func<DbConnection> connect) => _connect = connect;

    /// <summary>The rows of a service.</summary>
    public static StoredRows Of(RunningService service) => service switch
    {
        // Without a pool: what stays open would keep the file of a service that is started again from being its own.
        EmbeddedService embedded => new(() => new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = embedded.DatabaseFile,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
        }.ToString())),
        ClusterService cluster => new(() => new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { Pooling = false }.ToString())),
        _ => throw new ArgumentOutOfRangeException(nameof(service)),
    };

    /// <summary>The tables that hold something of an account, with the number of rows.</summary>
    public IReadOnlyList<(string Table, long Rows)> RemainsOf(string account) =>
        [.. List(Remains, account, reader => (reader.GetString(0), reader.GetInt64(1))).Where(table => table.Item2 > 0)];

    /// <summary>Whether an account is stored and not on its way out.</summary>
    public bool IsConnected(string account) => Count("SELECT count(*) FROM account" + OfAccount + " AND NOT is_being_erased", account) > 0;

    /// <summary>Runs of an account that have ended.</summary>
    public long RunsOf(string account) => Count("SELECT count(*) FROM run" + OfAccount, account);

    /// <summary>Reminders that start an account's scheduled runs.</summary>
    public long SchedulesOf(string account) =>
        Count("SELECT count(*) FROM reminder WHERE grain_id LIKE '%account/' || @account AND reminder_name = 'import'", account);

    /// <summary>Users whose create was announced and is not settled.</summary>
    public long OpenCreatesOf(string account) => Count("SELECT count(*) FROM employee" + OfAccount + " AND intent IS NOT NULL", account);

    /// <summary>What of an account is stored in part only.</summary>
    public IReadOnlyList<string> HalvesOf(string account) => List(Halves, account, reader => reader.GetString(0));

    private long Count(string sql, string account) => List(sql, account, reader => reader.GetInt64(0))[0];

    private List<T> List<T>(string sql, string account, Func<DbDataReader, T> read)
    {
        using var connection = _connect();
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are constants of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("account", account);
        command.Parameters.Add(parameter);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
