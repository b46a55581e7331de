using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using OrleansSync.Testing.Services;

namespace OrleansSync.EndToEnd.Sizes;

/// <summary>Looks into the database of a service that runs.</summary>
internal static class StoredRows
{
    /// <summary>The version of each row of an account's users; every write makes it another.</summary>
    /// <param name="service">The service.</param>
    /// <param name="accountId">The account.</param>
    public static async Task<IReadOnlyDictionary<string, string>> OfEmployeesAsync(RunningService service, string accountId)
    {
        await using var connection = Connect(service);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT CAST(user_id AS text), CAST(version AS text) FROM employee WHERE account_id = @account";
        var key = command.CreateParameter();
        (key.ParameterName, key.Value) = ("@account", accountId);
        command.Parameters.Add(key);

        var rows = new Dictionary<string, string>();
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            rows.Add(reader.GetString(0), reader.GetString(1));
        }

        return rows;
    }

    private static DbConnection Connect(RunningService service) => service switch
    {
        EmbeddedService embedded => new SqliteConnection($"Data Source={embedded.DatabaseFile};Mode=ReadOnly;Pooling=False"),
        ClusterService cluster =>
            new NpgsqlConnection(new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { Pooling = false }.ToString()),
        _ => throw new ArgumentOutOfRangeException(nameof(service)),
    };
}
