using System.Data.Common;
using System.Text;
using Microsoft.Data.Sqlite;
using Npgsql;
using OrleansSync.Storage.PostgreSql;
using OrleansSync.Storage.Sqlite;
using OrleansSync.Testing.Processes;
using OrleansSync.Testing;

namespace OrleansSync.Storage.Tests;

/// <summary>What creating and upgrading a schema must do on any engine.</summary>
public abstract partial class SchemaConformance : IAsyncLifetime
{
    private DbDataSource _dataSource = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _dataSource = await CreateDatabaseAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await _dataSource.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Upgrade_WhenDatabaseIsEmpty_AppliesEverythingAndRecordsIt()
    {
        var upgrade = await UpgradeAsync(Scripts);

        Assert.Equal(new(Scripts.Version, Scripts.Migrations.Count), upgrade);
        Assert.Equal(
            Scripts.Migrations.Select(step => step.Checksum), await ColumnAsync("SELECT checksum FROM schema_migration ORDER BY number"));
        Assert.Equal(
            Scripts.Queries.Keys.Order(StringComparer.Ordinal),
            (await ColumnAsync("SELECT QueryKey FROM OrleansQuery")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Upgrade_WhenRepeated_ChangesNothing()
    {
        await UpgradeAsync(Scripts);

        Assert.Equal(new(Scripts.Version, 0), await UpgradeAsync(Scripts));
    }

    [Fact]
    public async Task Upgrade_WhenManyStartAtOnce_OneAppliesIt()
    {
        var upgrades = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => UpgradeAsync(Scripts))));

        Assert.Equal([0, 0, 0, 0, 0, 0, 0, Scripts.Migrations.Count], upgrades.Select(upgrade => upgrade.Applied).Order());
    }

    [Fact]
    public async Task Upgrade_WhenAStepIsAdded_AppliesItAloneAndRewritesTheQueries()
    {
        await UpgradeAsync(Scripts);
        var next = Scripts.Version + 1;
        var newer = new SchemaScripts(
            [.. Scripts.Migrations, new(next, "next", "CREATE TABLE next_step (id INTEGER)")],
            new Dictionary<string, string> { ["OnlyKey"] = "SELECT 1" });

        Assert.Equal(new(next, 1), await UpgradeAsync(newer));

        Assert.Equal(["OnlyKey"], await ColumnAsync("SELECT QueryKey FROM OrleansQuery"));
    }

    [Fact]
    public async Task Upgrade_FromVersion1_KeepsTheStatesAndRewritesTheQueries()
    {
        await UpgradeAsync(new(
            [Scripts.Migrations[0]], new Dictionary<string, string> { ["ReadFromStorageKey"] = "SELECT 'of version 1'" }));
        await ReadAsync(
            "INSERT INTO grain_state VALUES ('service', 'run', 'account/1', 0, 0, 17, 3, 'text', @ModifiedAt), ('service', 'run', '', 0, "
            + "7, 18, 4, 'number', @ModifiedAt)",
            ("ModifiedAt", ModifiedAt));

        Assert.Equal(new(Scripts.Version, Scripts.Version - 1), await UpgradeAsync(Scripts));

        Assert.Equal(["text"], await StateAsync(0, 17, "account/1"));
        Assert.Equal(["number"], await StateAsync(7, 18, null));
        Assert.Empty(await StateAsync(7, 18, ""));
    }

    [Fact]
    public async Task Upgrade_WhenAStepFails_LeavesNothingBehind()
    {
        await UpgradeAsync(Scripts);
        var broken = Scripts with
        {
            Migrations = [.. Scripts.Migrations, new(
                Scripts.Version + 1, "broken", "CREATE TABLE half_done (id INTEGER); SELECT no_such_column FROM half_done")],
        };

        await Assert.ThrowsAsync<StartRefusedException>(() => UpgradeAsync(broken));

        Assert.Equal(new(Scripts.Version, 0), await UpgradeAsync(Scripts));
        await Assert.ThrowsAnyAsync<DbException>(() => ColumnAsync("SELECT id FROM half_done"));
    }

    [Fact]
    public async Task Upgrade_WhenDatabaseIsNewer_Refuses()
    {
        await UpgradeAsync(Scripts with
        {
            Migrations = [.. Scripts.Migrations, new(Scripts.Version + 1, "next", "-- oldest: 9.1.0\nCREATE TABLE next_step (id INTEGER)")],
        });

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => UpgradeAsync(Scripts));

        Assert.Contains("9.1.0", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upgrade_WhenAnAppliedStepWasChanged_Refuses()
    {
        await UpgradeAsync(Scripts);
        var changed = Scripts with { Migrations = [Scripts.Migrations[0] with { Sql = "SELECT 1" }, .. Scripts.Migrations.Skip(1)] };

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => UpgradeAsync(changed));

        Assert.StartsWith("The database records another script for schema version 1", refusal.Message, StringComparison.Ordinal);
    }

    private protected abstract SchemaScripts Scripts { get; }

    private protected abstract Task<DbDataSource> CreateDatabaseAsync();

    private protected abstract ISchema CreateSchema(DbDataSource dataSource, SchemaScripts scripts, WaitLog log);

    /// <summary>Does what another process does that upgrades the database, until it is disposed.</summary>
    private protected abstract Task<IAsyncDisposable> HoldLockAsync(DbDataSource dataSource);

    private Task<SchemaUpgrade> UpgradeAsync(SchemaScripts scripts) => CreateSchema(_dataSource, scripts, new()).UpgradeAsync(Stop);

    /// <summary>The engine's value for the time of a row.</summary>
    private protected abstract object ModifiedAt { get; }

    private async Task<List<string>> ColumnAsync(string sql) => [.. (await ReadAsync(sql)).Cast<string>()];

    /// <summary>What the statement that reads a state answers, as text.</summary>
    private async Task<List<string>> StateAsync(long number, int hash, string? extension)
    {
        var payloads = await ReadAsync(
            Scripts.Queries["ReadFromStorageKey"],
            ("ServiceId", "service"), ("GrainTypeString", "run"), ("GrainIdExtensionString", extension), ("GrainIdN0", 0L),
            ("GrainIdN1", number), ("GrainIdHash", hash));
        return [.. payloads.Cast<byte[]>().Select(Encoding.UTF8.GetString)];
    }

    /// <summary>Executes a statement and answers its first column.</summary>
    private async Task<List<object>> ReadAsync(string sql, params (string Name, object? Value)[] parameters)
    {
        await using var command = _dataSource.CreateCommand(sql);
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }

        await using var reader = await command.ExecuteReaderAsync(Stop);
        var values = new List<object>();
        while (await reader.ReadAsync(Stop))
        {
            values.Add(reader.GetValue(0));
        }

        return values;
    }
}

public sealed class SqliteSchemaTests : SchemaConformance
{
    private readonly TemporaryDirectory _directory = new();

    private protected override SchemaScripts Scripts { get; } = SchemaScripts.Load("Sqlite");

    private protected override object ModifiedAt => "2026-03-29T01:59:59.123Z";

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Upgrade_WhenFileIsNoDatabase_RefusesAndNamesIt()
    {
        var file = _directory.File("broken.db");
        await File.WriteAllTextAsync(file, new string('x', 8192), TestContext.Current.CancellationToken);
        await using var dataSource = new SqliteDataSource(file);

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(
            () => CreateSchema(dataSource, Scripts, new()).UpgradeAsync(TestContext.Current.CancellationToken));

        Assert.Contains(file, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PRAGMA journal_mode", "wal")]
    [InlineData("PRAGMA synchronous", 2L)]
    [InlineData("PRAGMA busy_timeout", 10000L)]
    public async Task Connection_WhenOpened_IsDurableAndPatient(string pragma, object expected)
    {
        await using var dataSource = new SqliteDataSource(_directory.File("pragmas.db"));
        await CreateSchema(dataSource, Scripts, new()).UpgradeAsync(TestContext.Current.CancellationToken);
        await using var command = dataSource.CreateCommand(pragma);

        Assert.Equal(expected, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    private protected override Task<DbDataSource> CreateDatabaseAsync() =>
        Task.FromResult<DbDataSource>(new SqliteDataSource(_directory.File("test.db")));

    private protected override ISchema CreateSchema(DbDataSource dataSource, SchemaScripts scripts, WaitLog log) =>
        new SqliteSchema((SqliteDataSource)dataSource, scripts, TimeProvider.System, log.For<SqliteSchema>());

    private protected override string DatabaseName(DbDataSource dataSource) =>
        $"The SQLite file {new SqliteConnectionStringBuilder(dataSource.ConnectionString).DataSource} ";

    private protected override async Task<IAsyncDisposable> HoldLockAsync(DbDataSource dataSource)
    {
        // Closing it gives the lock back with the transaction.
        var connection = (SqliteConnection)await dataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        connection.BeginTransaction(deferred: false);
        return connection;
    }
}

public class PostgreSqlSchemaTests(PostgresServer server) : SchemaConformance
{
    private protected override SchemaScripts Scripts { get; } = SchemaScripts.Load("PostgreSql");

    private protected override object ModifiedAt => new DateTime(2026, 3, 29, 1, 59, 59, DateTimeKind.Utc);

    /// <summary>An index takes some 2,700 bytes a row, after it tried to compress them; hashes do not compress.</summary>
    [Fact]
    public async Task Tables_WhenEveryPartOfAKeyIsAsLongAsItMayBe_HoldIt()
    {
        await using var dataSource = await CreateDatabaseAsync();
        await CreateSchema(dataSource, Scripts, new()).UpgradeAsync(TestContext.Current.CancellationToken);
        await using var command = dataSource.CreateCommand(
            """
            CREATE FUNCTION noise(length integer) RETURNS text LANGUAGE sql AS
              $$ SELECT left(string_agg(translate(encode(sha512((length || ' ' || number)::bytea), 'base64'), E'\n', ''), ''), length)
                 FROM generate_series(1, 40) AS number $$;
            INSERT INTO grain_state VALUES (noise(256), noise(255) || 'x', noise(2048), 9223372036854775807, 9223372036854775807,
                2147483647, 1, '', now());
            INSERT INTO reminder VALUES (noise(256), noise(2048), noise(255) || 'x', now(), 1, 1, 1);
            SELECT octet_length(service_id) || ' ' || octet_length(state_name) || ' ' || octet_length(key_text) FROM grain_state
            UNION ALL SELECT octet_length(service_id) || ' ' || octet_length(reminder_name) || ' ' || octet_length(grain_id) FROM reminder
            """);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var lengths = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            lengths.Add(reader.GetString(0));
        }

        Assert.Equal(
            [
                $"{KeyLimits.ServiceIdBytes} {KeyLimits.StateNameBytes} {KeyLimits.GrainKeyBytes}",
                $"{KeyLimits.ServiceIdBytes} {KeyLimits.ReminderNameBytes} {KeyLimits.GrainIdBytes}",
            ], lengths);
    }

    private protected override async Task<DbDataSource> CreateDatabaseAsync() =>
        PostgreSqlConnect.CreateDataSource(ConnectionString(await server.CreateDatabaseAsync()), maxConnections: 20);

    /// <summary>How these tests reach a database of the server.</summary>
    private protected virtual string ConnectionString(string database) => database;

    private protected override ISchema CreateSchema(DbDataSource dataSource, SchemaScripts scripts, WaitLog log) =>
        new PostgreSqlSchema((NpgsqlDataSource)dataSource, scripts, TimeProvider.System, log.For<PostgreSqlSchema>());

    private protected override string DatabaseName(DbDataSource dataSource) =>
        $"The PostgreSQL database {new NpgsqlConnectionStringBuilder(dataSource.ConnectionString).Database} at 127.0.0.1:";

    private protected override async Task<IAsyncDisposable> HoldLockAsync(DbDataSource dataSource)
    {
        var connection = (NpgsqlConnection)await dataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await SchemaLock.BeginAsync(connection, new UpgradeWait(TimeProvider.System, new WaitLog()), TestContext.Current.CancellationToken);
        return connection;
    }
}
