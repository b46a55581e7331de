using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace OrleansSync.Load.Idle;

/// <summary>Copies of an account, straight in the database. Their secrets cannot be read: nothing may import them.</summary>
internal static class IdleAccounts
{
    /// <summary>Adds copies of an account's row and of its reminders, by the hash under which a silo looks for them.</summary>
    /// <param name="connectionString">The database; no process of the service may run.</param>
    /// <param name="model">The account.</param>
    /// <param name="count">How many copies.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public static async Task AddAsync(string connectionString, string model, int count, CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var reading = database.CreateCommand(
            "SELECT grain_id, grain_hash FROM reminder WHERE grain_id LIKE '%/' || $1 ORDER BY reminder_name LIMIT 1");
        reading.Parameters.Add(new NpgsqlParameter<string> { TypedValue = model });
        var (grain, hash) = ("", 0);
        await using (var reader = await reading.ExecuteReaderAsync(cancellationToken))
        {
            if (!await reader.ReadAsync(cancellationToken))
            {
                throw new InvalidOperationException($"{model} has no reminder.");
            }

            (grain, hash) = (reader.GetString(0), reader.GetInt32(1));
        }

        if (HashOf(grain) != hash)
        {
            throw new InvalidOperationException($"The hash of {grain} is not {hash}: reminders of copies would not be found.");
        }

        string[] names = [.. Enumerable.Range(1, count).Select(number => string.Create(CultureInfo.InvariantCulture, $"idle-{number}"))];
        string[] grains = [.. names.Select(name => string.Concat(grain.AsSpan(0, grain.Length - model.Length), name))];
        await using var adding = database.CreateCommand(
            """
            WITH copy AS (SELECT * FROM unnest($2::text[], $3::text[], $4::int[]) AS copy (id, grain, hash)),
            account AS (
                INSERT INTO account
                SELECT (jsonb_populate_record(model, jsonb_build_object('account_id', copy.id))).*
                FROM account AS model, copy WHERE model.account_id = $1)
            INSERT INTO reminder
            SELECT (jsonb_populate_record(model, jsonb_build_object('grain_id', copy.grain, 'grain_hash', copy.hash))).*
            FROM reminder AS model, copy WHERE model.grain_id = $5
            """);
        adding.CommandTimeout = 0;
        adding.Parameters.Add(new NpgsqlParameter<string> { TypedValue = model });
        adding.Parameters.Add(new NpgsqlParameter { Value = names, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        adding.Parameters.Add(new NpgsqlParameter { Value = grains, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        adding.Parameters.Add(new NpgsqlParameter
        {
            Value = grains.Select(HashOf).ToArray(),
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer,
        });
        adding.Parameters.Add(new NpgsqlParameter<string> { TypedValue = grain });
        if (await adding.ExecuteNonQueryAsync(cancellationToken) < count)
        {
            throw new InvalidOperationException("Not every account could be copied.");
        }

        // Otherwise the server does it by itself while it is watched.
        await using var tidying = database.CreateCommand("VACUUM (ANALYZE) account, reminder");
        tidying.CommandTimeout = 0;
        await tidying.ExecuteNonQueryAsync(cancellationToken);
    }

    private static int HashOf(string grain) => unchecked((int)GrainId.Parse(grain, CultureInfo.InvariantCulture).GetUniformHashCode());
}
