using OrleansSync.Load.Compare;
using OrleansSync.Testing;
using OrleansSync.Testing.Processes;

namespace OrleansSync.Load.Idle;

/// <summary>A cluster with very many accounts that have nothing to do.</summary>
internal static class IdleLoad
{
    private const int Users = 100;
    private static readonly TimeSpan _startPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan _rest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _watched = TimeSpan.FromMinutes(1);

    /// <summary>
    /// For each number of accounts, puts them into a database, starts the service on it, and prints what it takes while nothing happens.
    /// </summary>
    /// <param name="accounts">The numbers of accounts.</param>
    /// <param name="plot">Where the picture goes; null for none.</param>
    public static Task<int> RunAsync(IEnumerable<int> accounts, string? plot) =>
        Interruptible.RunAsync(token => MeasureAllAsync(accounts, plot, token));

    private static async Task<int> MeasureAllAsync(IEnumerable<int> accounts, string? plot, CancellationToken cancellationToken)
    {
        var report = new IdleReport();
        IdleReport.PrintHead();
        foreach (var count in accounts.Distinct().Order())
        {
            report.Add(await MeasureAsync(count, cancellationToken));
        }

        var figures = FigureFile.NewPath("idle");
        report.Write(figures);
        Console.WriteLine();
        Console.WriteLine($"Figures: {Path.GetRelativePath(ServiceProgram.Root, figures)}");
        if (plot is not null)
        {
            IdlePlot.Save(report.Lines, plot);
        }

        return 0;
    }

    private static async Task<IdleFigures> MeasureAsync(int accounts, CancellationToken cancellationToken)
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
        return new IdleFigures(accounts, ready, memory, cluster.Processor - own, database.Processor - server);
    }
}
