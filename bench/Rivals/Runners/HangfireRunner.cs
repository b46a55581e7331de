using Hangfire;
using Hangfire.PostgreSql;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansSync.Rivals.Accounts;
using OrleansSync.Rivals.Messages;

namespace OrleansSync.Rivals.Runners;

/// <summary>
/// Jobs that are stored in PostgreSQL, and tried again when their process ended. Workers are woken by jobs of their own process at once;
/// others they find by asking the queue.
/// </summary>
internal sealed class HangfireRunner : IRunner
{
    private static readonly TimeSpan _poll = TimeSpan.FromMilliseconds(200);

    private readonly IHost _host;
    private readonly JobEnds _ends = new(TimeProvider.System);
    private readonly IBackgroundJobClientV2 _jobs;

    /// <summary>Prepares a server of jobs.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="book">The accounts.</param>
    /// <param name="import">The work.</param>
    public HangfireRunner(string connectionString, AccountBook book, AccountImport import)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Logging.AddConsole(options => options.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Error);
        builder.Services.AddSingleton(_ => new ImportJob(book, import));
        builder.Services.AddHangfire(configuration => configuration
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            .UseFilter(_ends)
            .UsePostgreSqlStorage(
                storage => storage.UseNpgsqlConnection(connectionString),
                new PostgreSqlStorageOptions { QueuePollInterval = _poll, UseSlidingInvisibilityTimeout = true }));
        builder.Services.AddHangfireServer(options => options.WorkerCount = LoopRunner.AccountsAtATime);
        _host = builder.Build();
        _jobs = _host.Services.GetRequiredService<IBackgroundJobClientV2>();
    }

    /// <inheritdoc />
    public Task StartAsync() => _host.StartAsync();

    /// <inheritdoc />
    public async Task<RivalAnswer> RunAsync(IReadOnlyList<RivalAccount> accounts)
    {
        _ends.Expect(accounts.Count);
        await Parallel.ForEachAsync(
            accounts.Select(account => account.Id), new ParallelOptions { MaxDegreeOfParallelism = LoopRunner.AccountsAtATime },
            (id, _) =>
            {
                _jobs.Enqueue<ImportJob>(job => job.RunAsync(id, CancellationToken.None));
                return ValueTask.CompletedTask;
            });
        return await _ends.WaitAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
