using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using OrleansSync.Storage.Rows;

namespace OrleansSync.Storage;

/// <summary>Brings a schema up to date inside a transaction that nobody else upgrades beside.</summary>
/// <param name="transaction">The transaction, which the caller commits.</param>
/// <param name="database">What the database is called in a sentence.</param>
/// <param name="scripts">The steps and statements that this program knows.</param>
/// <param name="dialect">The engine's part.</param>
/// <param name="timeProvider">The time that is recorded.</param>
internal sealed class SchemaSteps(
    DbTransaction transaction, string database, SchemaScripts scripts, SchemaDialect dialect, TimeProvider timeProvider)
{
    private const string CreateReleaseTable =
        "CREATE TABLE IF NOT EXISTS schema_release (id integer PRIMARY KEY CHECK (id = 1), oldest text NOT NULL)";

    private readonly DbConnection _connection = transaction.Connection!;

    /// <summary>Applies what is missing and records it.</summary>
    /// <exception cref="StartRefusedException">The database is too new, altered, or holds accounts that would be lost.</exception>
    public async Task<SchemaUpgrade> UpgradeAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync(dialect.CreateMigrationTable, cancellationToken);
        await ExecuteAsync(CreateReleaseTable, cancellationToken);
        var record = new SchemaRecord(await ReadAppliedAsync(cancellationToken), await ReadOldestReleaseAsync(cancellationToken));
        var pending = scripts.Pending(record);
        await RefuseFormerAccountsAsync(record, pending, cancellationToken);
        foreach (var step in pending)
        {
            await ExecuteAsync(step.Sql, cancellationToken);
            await ExecuteAsync("INSERT INTO schema_migration VALUES (@number, @name, @checksum, @applied_at)", cancellationToken,
                ("number", step.Number),
                ("name", step.Name),
                ("checksum", step.Checksum),
                ("applied_at", dialect.ToTime(timeProvider.GetUtcNow())));
        }

        if (pending.Count > 0)
        {
            await RewriteQueriesAsync(cancellationToken);
        }

        await RecordOldestReleaseAsync(record, cancellationToken);
        return new(Math.Max(record.Version, scripts.Version), pending.Count);
    }

    private async Task RefuseFormerAccountsAsync(SchemaRecord record, IReadOnlyList<Migration> pending, CancellationToken cancellationToken)
    {
        if (!FormerAccounts.AreConcernedBy(record, pending))
        {
            return;
        }

        await using var command = CreateCommand(FormerAccounts.Query);
        if (await command.ExecuteScalarAsync(cancellationToken) is not (0 or 0L))
        {
            throw FormerAccounts.Refuse(database);
        }
    }

    private async Task RewriteQueriesAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync("DELETE FROM OrleansQuery", cancellationToken);
        foreach (var (key, text) in scripts.Queries)
        {
            await ExecuteAsync(
                "INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES (@key, @text)", cancellationToken, ("key", key), ("text", text));
        }
    }

    private async Task RecordOldestReleaseAsync(SchemaRecord record, CancellationToken cancellationToken)
    {
        if (scripts.OldestRelease is { } oldest && !(record.OldestRelease >= oldest))
        {
            await ExecuteAsync(
                "INSERT INTO schema_release (id, oldest) VALUES (1, @oldest) ON CONFLICT (id) DO UPDATE SET oldest = excluded.oldest",
                cancellationToken,
                ("oldest", oldest.ToString()));
        }
    }

    private async Task<Dictionary<int, string>> ReadAppliedAsync(CancellationToken cancellationToken)
    {
        await using var command = CreateCommand("SELECT number, checksum FROM schema_migration");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var applied = new Dictionary<int, string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            applied.Add(reader.GetInt32(0), reader.GetString(1));
        }

        return applied;
    }

    private async Task<Version?> ReadOldestReleaseAsync(CancellationToken cancellationToken)
    {
        await using var command = CreateCommand("SELECT oldest FROM schema_release");
        if (await command.ExecuteScalarAsync(cancellationToken) is not string text)
        {
            return null;
        }

        return Version.TryParse(text, out var oldest)
            ? oldest
            : throw new StartRefusedException(
                $"{database} records '{text}' as the oldest release that can run on it, which is no release: it was altered by hand. "
                + "Restore it from a backup.");
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken, params (string Name, RowValue Value)[] parameters)
    {
        await using var command = CreateCommand(sql);
        foreach (var (name, value) in parameters)
        {
            command.With(name, value);
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [SuppressMessage("Security", "CA2100", Justification = "The text comes from constants and from scripts inside this assembly.")]
    private DbCommand CreateCommand(string sql)
    {
        var command = _connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;

        // A step on a large table may take longer than an ordinary statement is given.
        command.CommandTimeout = 0;
        return command;
    }
}
