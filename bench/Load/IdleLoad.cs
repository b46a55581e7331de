using System.Globalization;
using OrleansSync.Load.Compare;
using OrleansSync.Testing;
using OrleansSync.Testing.Processes;

namespace OrleansSync.Load;

/// <summary>A cluster with very many accounts that have nothing to do.</summary>
internal static class IdleLoad
{
    private const int Users = 100;
    private const double Megabyte = 1 << 20;
    private static readonly TimeSpan _startPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan _rest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _watched = TimeSpan.FromMinutes(1);

    /// <summary>Puts accounts into the database, starts the service on it, and prints what it takes while nothing happens.</summary>
    /// <param name="accounts">How many accounts.</param>
    public static Task<int> RunAsync(int accounts) => Interruptible.RunAsync(token => MeasureAsync(accounts, token));

    private static async Task<int> MeasureAsync(int accounts, CancellationToken cancellationToken)
    {
        await using var postgres = await PostgresProcess.StartAsync(LoopbackPorts.TakeFree(1)[0]);
        if (!await postgres.WaitUntilReadyAsync(_startPatience))
        {
            throw new InvalidOperationException("PostgreSQL did not start:" + Environment.NewLine + postgres.Output);
        }

        await using var database = await DatabaseFigures.OfAsync(postgres.ConnectionString, cancellationToken);
        await using var sandbox = await SandboxProcess.StartAsync(cancellationToken);
        await using var cluster = await MeasuredCluster.StartAsync(ServiceProgram.Root, postgres.ConnectionString, cancellationToken);
        var model = await sandbox.AddAsync("model", number: 1, Users, cancellationToken);
        await cluster.Client.ConnectAsync(model.Id, model.Webhook, model.CallGear, model.AccessToken);
        await cluster.Client.SynchronizeAsync(model.Id);
        var ready = await cluster.RestartAsync(
            () => IdleAccounts.AddAsync(postgres.ConnectionString, model.Id, accounts - 1, cancellationToken), cancellationToken);

        await Task.Delay(_rest, TimeProvider.System, cancellationToken);
        var memory = ProcessTable.AnonymousMemoryOf(cluster.ProcessIds);
        var (own, server) = (cluster.Processor, database.Processor);
        await Task.Delay(_watched, TimeProvider.System, cancellationToken);
        var (ownAfter, serverAfter) = (cluster.Processor, database.Processor);

        Console.WriteLine("| accounts | ready | memory | processor in a minute | PostgreSQL in a minute |");
        Console.WriteLine("| --- | --- | --- | --- | --- |");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {accounts} | {ready.TotalSeconds:0.0} s | {memory / Megabyte:0} MiB | {(ownAfter - own).TotalSeconds:0.00} s "
            + $"| {(serverAfter - server).TotalSeconds:0.00} s |"));
        return 0;
    }
}
