using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Audit;
using OrleansSync.Grains.Interfaces.Directory;
using OrleansSync.Grains.Interfaces.Keys;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Tests.Audit;
using OrleansSync.Grains.Tests.Storage;

[assembly: AssemblyFixture(typeof(TrailCluster))]

namespace OrleansSync.Grains.Tests.Audit;

/// <summary>A silo with the grains that keep nothing and ask the rows, and a clock that stands still unless a test moves it.</summary>
public sealed class TrailCluster : IAsyncLifetime
{
    private InProcessTestCluster? _cluster;

    internal MovedTime Time { get; } = new();

    internal RowDatabase Database { get; private set; } = null!;

    internal IAccountDirectoryGrain Directory => _cluster!.Client.GetGrain<IAccountDirectoryGrain>(GrainKeys.Directory);

    public async ValueTask InitializeAsync()
    {
        Database = await RowDatabase.CreateAsync();
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(Time);
            silo.Services.AddSingleton(Database.Accounts);
            silo.Services.AddSingleton(Database.Users);
            silo.Services.AddSingleton(Database.Runs);
            silo.Services.AddSingleton(Database.Trails);
            silo.Services.AddSingleton(Database.Keys);
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster!.DisposeAsync();
        await Database.DisposeAsync();
    }

    internal IAuditGrain Audit(string account) => _cluster!.Client.GetGrain<IAuditGrain>(GrainKeys.Account(account));

    internal IAccountKeysGrain Keys(string account) => _cluster!.Client.GetGrain<IAccountKeysGrain>(GrainKeys.Account(account));

    /// <summary>An account that is there, as its portal would have stored it.</summary>
    internal Task ConnectAsync(string account, Func<AccountColumns, AccountColumns>? with = null) =>
        PutAccounts.PutAsync(Database.Accounts, account, with);

    /// <summary>Erases it as its portal would.</summary>
    /// <param name="account">The account.</param>
    /// <param name="meanwhile">Done while everything but the row is erased.</param>
    internal async Task EraseAsync(string account, Func<Task>? meanwhile = null)
    {
        await PutAccounts.PutAsync(Database.Accounts, account, columns => columns with { IsBeingErased = true });
        await Database.Accounts.EraseAsync(account);
        await (meanwhile?.Invoke() ?? Task.CompletedTask);
        await Database.Accounts.EraseRowAsync(account);
    }

    /// <summary>
    /// A clock that tests move by years. Timers go by the real one: in a fake year every one of them would fire millions of times.
    /// </summary>
    internal sealed class MovedTime : TimeProvider
    {
        private DateTimeOffset _now = new(2025, 3, 1, 12, 0, 0, TimeSpan.Zero);

        public void Advance(TimeSpan time) => _now += time;

        public override DateTimeOffset GetUtcNow() => _now;
    }
}
