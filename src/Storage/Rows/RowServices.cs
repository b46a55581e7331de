using System.Data.Common;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Storage.Rows;

/// <summary>Registration of the rows.</summary>
internal static class RowServices
{
    /// <summary>Adds the rows of accounts, users, runs, keys and audit trails.</summary>
    /// <param name="services">The silo's services.</param>
    /// <param name="dataSource">Where connections come from.</param>
    /// <param name="engine">What the database's engine does differently.</param>
    /// <param name="isBlocking">Whether the engine's calls block their thread.</param>
    public static void AddRows(
        this IServiceCollection services, Func<IServiceProvider, DbDataSource> dataSource, Func<IServiceProvider, IRowEngine> engine,
        bool isBlocking)
    {
        services.AddSingleton(provider => new RowAccess(
            dataSource(provider), provider.GetRequiredService<IRowEngine>(), provider.GetRequiredService<DatabaseCondition>(),
            provider.GetRequiredService<TimeProvider>(), isBlocking));
        services.AddSingleton(engine);
        services.AddSingleton<RowWriter>();
        services.AddSingleton<IUserRows, UserRows>();
        services.AddSingleton<IAccountRows, AccountRows>();
        services.AddSingleton<IRunRows, RunRows>();
        services.AddSingleton<IAuditRows, AuditRows>();
        services.AddSingleton<IKeyRows, KeyRows>();
    }
}
