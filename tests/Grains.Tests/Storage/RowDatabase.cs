using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Storage;
using OrleansSync.Silo.Storage;
using OrleansSync.Silo.Storage.Rows;
using OrleansSync.Silo.Storage.Sqlite;

namespace OrleansSync.Grains.Tests.Storage;

/// <summary>
/// The rows as the service stores them, in a SQLite file that goes with them. Time-outs and pauses go by the computer's clock, whatever the
/// test's.
/// </summary>
public sealed class RowDatabase : IAsyncDisposable
{
    private readonly DirectoryInfo _directory;
    private readonly ServiceProvider _services;

    private RowDatabase(DirectoryInfo directory)
    {
        _directory = directory;
        var services = new ServiceCollection();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new DatabaseCondition(TimeProvider.System));
        services.AddSingleton(_ => new SqliteDataSource(Path.Combine(directory.FullName, "rows.db")));
        services.AddRows(
            provider => provider.GetRequiredService<SqliteDataSource>(),
            provider => new SqliteRows(provider.GetRequiredService<SqliteDataSource>()),
            isBlocking: true);
        _services = services.BuildServiceProvider();
    }

    internal IAccountRows Accounts => _services.GetRequiredService<IAccountRows>();

    internal IUserRows Users => _services.GetRequiredService<IUserRows>();

    internal IRunRows Runs => _services.GetRequiredService<IRunRows>();

    internal IAuditRows Trails => _services.GetRequiredService<IAuditRows>();

    internal IKeyRows Keys => _services.GetRequiredService<IKeyRows>();

    /// <summary>Makes a file with the schema of this release.</summary>
    public static async Task<RowDatabase> CreateAsync()
    {
        var database = new RowDatabase(System.IO.Directory.CreateTempSubdirectory("orleanssync-rows-"));
        var file = database._services.GetRequiredService<SqliteDataSource>();
        var schema = new SqliteSchema(file, SchemaScripts.Load("Sqlite"), TimeProvider.System, NullLogger<SqliteSchema>.Instance);
        await schema.UpgradeAsync(CancellationToken.None);
        return database;
    }

    /// <summary>Gives a silo the rows.</summary>
    /// <param name="services">The silo's services.</param>
    public void AddTo(IServiceCollection services) =>
        services.AddSingleton(Accounts).AddSingleton(Users).AddSingleton(Runs).AddSingleton(Trails).AddSingleton(Keys);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _directory.Delete(recursive: true);
    }
}
