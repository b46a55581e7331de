using System.Globalization;
using System.Text.Json;
using Npgsql;
using OrleansSync.Sandbox;
using OrleansSync.Sandbox.Bitrix24;
using OrleansSync.Sandbox.CallGear;
using OrleansSync.Testing;
using OrleansSync.Testing.Processes;
using AccountSettings = OrleansSync.Sandbox.CallGear.AccountSettings;

namespace OrleansSync.Load;

/// <summary>One first import by one build, with a server, a database and a sandbox of its own.</summary>
internal static class ImportRound
{
    private const int ConnectionsAtATime = 16;
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _startPatience = TimeSpan.FromSeconds(60);

    // No account creates an employee for so long only when its import hangs.
    private static readonly TimeSpan _stall = TimeSpan.FromMinutes(2);

    /// <summary>Imports all accounts.</summary>
    /// <param name="build">Whose programs import.</param>
    /// <param name="size">What is imported.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <exception cref="IncompleteImportException">An employee is missing or too much, or a run did not succeed.</exception>
    public static async Task<ImportResult> RunAsync(Checkout build, ImportSize size, CancellationToken cancellationToken)
    {
        await using var postgres = await PostgresProcess.StartAsync(LoopbackPorts.TakeFree(1)[0], isDurable: size.IsDurable);
        if (!await postgres.WaitUntilReadyAsync(_startPatience))
        {
            throw new InvalidOperationException("PostgreSQL did not start:" + Environment.NewLine + postgres.Output);
        }

        await using var database = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { LoggedRequests = 1_000 }, cancellationToken);
        var tenants = Enumerable.Range(1, size.Accounts).Select(number => Seed(sandbox, number, size.Users)).ToList();
        await using var cluster = await MeasuredCluster.StartAsync(build.Root, postgres.ConnectionString, cancellationToken);

        var (processor, wal) = (cluster.Processor, await WalAsync(database, cancellationToken));
        var begin = TimeProvider.System.GetUtcNow();
        var connecting = new ParallelOptions { MaxDegreeOfParallelism = ConnectionsAtATime, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(tenants, connecting, async (tenant, _) =>
            await cluster.Client.ConnectAsync(
                tenant.Employees.Id, tenant.Portal.WebhookUrl, tenant.Employees.BaseUrl, tenant.Employees.AccessToken));
        await AllCreatedAsync(cluster, tenants, size, cancellationToken);
        var end = begin;
        foreach (var (_, employees) in tenants)
        {
            var ended = await EndOfAsync(cluster, employees.Id, cancellationToken);
            end = ended > end ? ended : end;
        }

        var result = new ImportResult(
            (double)size.Accounts * size.Users / (end - begin).TotalSeconds,
            cluster.Processor - processor,
            await WalAsync(database, cancellationToken) - wal);
        RequireAll(tenants, size);
        return result;
    }

    private static (BitrixPortal Portal, CallGearAccount Employees) Seed(SandboxServer sandbox, int number, int users)
    {
        // What the vendors allow is not measured here.
        var name = string.Create(CultureInfo.InvariantCulture, $"account-{number}");
        var portal = sandbox.PutPortal(
            name,
            new PortalSettings { RateLimited = false, OperatingLimitSeconds = 1e9 },
            Enumerable.Range(1, users).Select(id => User(number, id)));
        return (portal, sandbox.PutAccount(name, new AccountSettings()));
    }

    private static BitrixUser User(int account, int id) => BitrixUser.Employee(
        id,
        "Ann",
        string.Create(CultureInfo.InvariantCulture, $"Lee {id}"),
        string.Create(CultureInfo.InvariantCulture, $"user.{id}@account-{account}.example"),
        "+7 495 1234567");

    private static async Task AllCreatedAsync(
        MeasuredCluster cluster,
        IReadOnlyList<(BitrixPortal Portal, CallGearAccount Employees)> tenants,
        ImportSize size,
        CancellationToken cancellationToken)
    {
        // The sandbox is asked, which costs the service nothing.
        var (last, since) = (-1L, TimeProvider.System.GetTimestamp());
        while (last < (long)size.Accounts * size.Users)
        {
            await Task.Delay(_look, TimeProvider.System, cancellationToken);
            var created = tenants.Sum(tenant => (long)tenant.Employees.Employees.Count);
            if (created != last)
            {
                (last, since) = (created, TimeProvider.System.GetTimestamp());
            }
            else if (!cluster.IsRunning || TimeProvider.System.GetElapsedTime(since) > _stall)
            {
                throw new IncompleteImportException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The import came to a halt with {created} employees{(cluster.IsRunning ? "" : ", because a process ended")}."));
            }
        }
    }

    /// <summary>When an account's last run ended, by the service.</summary>
    private static async Task<DateTimeOffset> EndOfAsync(MeasuredCluster cluster, string account, CancellationToken cancellationToken)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(since) < _stall)
        {
            var run = (await cluster.Client.GetAsync($"api/v1/accounts/{account}/runs?limit=1")).GetProperty("items")[0];
            if (run.GetProperty("finishedAt") is { ValueKind: JsonValueKind.String } finishedAt)
            {
                return run.GetProperty("status").GetString() == "succeeded"
                    ? finishedAt.GetDateTimeOffset()
                    : throw new IncompleteImportException($"The run of {account} did not succeed: {run}");
            }

            await Task.Delay(_look, TimeProvider.System, cancellationToken);
        }

        throw new IncompleteImportException($"The run of {account} does not end.");
    }

    private static void RequireAll(IEnumerable<(BitrixPortal Portal, CallGearAccount Employees)> tenants, ImportSize size)
    {
        foreach (var (_, account) in tenants)
        {
            var addresses = account.Employees.Select(employee => employee.Email).Distinct(StringComparer.Ordinal).Count();
            if (account.Employees.Count != size.Users || addresses != size.Users)
            {
                throw new IncompleteImportException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{account.Id} has {account.Employees.Count} employees with {addresses} addresses "
                    + $"after the import of {size.Users} users."));
            }
        }
    }

    private static async Task<long> WalAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint");
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
