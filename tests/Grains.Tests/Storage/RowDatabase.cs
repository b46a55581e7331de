using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Storage;
using OrleansSync.Storage.Rows;
using OrleansSync.Storage.Sqlite;

namespace OrleansSync.Grains.Tests.Storage;

/// <summary>The rows in a real SQLite file of its own, and what makes them fail on demand.</summary>
public sealed class RowDatabase : IAsyncDisposable
{
    private static readonly string[] _tables =
        ["account", "employee", "history", "run", "run_change", "responsible_exclusion", "account_key", "audit"];

    private static readonly IMeterFactory _meters =
        new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();

    private readonly DirectoryInfo _directory;
    private readonly SqliteDataSource _dataSource;

    private RowDatabase(DirectoryInfo directory, SqliteDataSource dataSource, TimeProvider time)
    {
        (_directory, _dataSource) = (directory, dataSource);
        var engine = new SqliteRows(dataSource);
        var access = new RowAccess(dataSource, engine, new DatabaseCondition(TimeProvider.System), TimeProvider.System);
        var writer = new RowWriter(engine, access, _meters, TimeProvider.System);
        Statements = new RowStatements(engine);
        Users = new TroubledUserRows(new UserRows(access, writer, engine), Trouble);
        Accounts = new TroubledAccountRows(new AccountRows(access, writer, engine, time), Trouble);
        Runs = new RunRows(access, engine);
        Trails = new AuditRows(access, writer);
        Keys = new KeyRows(access, engine, Accounts);
    }

    /// <summary>What the writer sends of a row.</summary>
    internal RowStatements Statements { get; }

    internal RowTrouble Trouble { get; } = new();

    public IUserRows Users { get; }

    public IAccountRows Accounts { get; }

    public IRunRows Runs { get; }

    public IAuditRows Trails { get; }

    public IKeyRows Keys { get; }

    /// <summary>Makes an empty database.</summary>
    /// <param name="time">The clock by which accounts are overdue (R8.13); null for the machine's.</param>
    public static async Task<RowDatabase> CreateAsync(TimeProvider? time = null)
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("orleanssync-rows-");
        var dataSource = new SqliteDataSource(Path.Combine(directory.FullName, "rows.db"));
        var schema = new SqliteSchema(dataSource, SchemaScripts.Load("Sqlite"), TimeProvider.System, NullLogger<SqliteSchema>.Instance);
        await schema.UpgradeAsync(CancellationToken.None);
        return new RowDatabase(directory, dataSource, time ?? TimeProvider.System);
    }

    /// <summary>Lets grains use the rows.</summary>
    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton(Users);
        services.AddSingleton(Accounts);
        services.AddSingleton(Runs);
        services.AddSingleton(Trails);
        services.AddSingleton(Keys);
    }

    /// <summary>Carries out SQL past the rows, as another process would.</summary>
    /// <param name="sql">The statement; may use <c>@account</c> and <c>@user</c>.</param>
    /// <param name="account">The account.</param>
    /// <param name="user">The user.</param>
    /// <returns>How many rows it changed; of a query, its first number.</returns>
    public long Execute(string sql, string account, long user = 0)
    {
        using var connection = _dataSource.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in new (string, object)[] { ("@account", account), ("@user", user) })
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return sql.StartsWith("SELECT", StringComparison.Ordinal)
            ? Convert.ToInt64(command.ExecuteScalar(), null)
            : command.ExecuteNonQuery();
    }

    /// <summary>How many rows there are of an account in all tables.</summary>
    public long CountAll(string account) =>
        _tables.Sum(table => Execute($"SELECT count(*) FROM {table} WHERE account_id = @account", account));

    public async ValueTask DisposeAsync()
    {
        await _dataSource.DisposeAsync();
        _directory.Delete(recursive: true);
    }
}
