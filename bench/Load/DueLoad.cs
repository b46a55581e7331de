using System.Globalization;
using OrleansSync.Sandbox;
using OrleansSync.Sandbox.Bitrix24;
using AccountSettings = OrleansSync.Sandbox.CallGear.AccountSettings;

namespace OrleansSync.Load;

/// <summary>
/// Very many accounts that are due at the same moment, because the service was stopped for longer than the schedule's period.
/// </summary>
internal static class DueLoad
{
    private const int ConnectionsAtATime = 16;
    private static readonly TimeSpan _look = TimeSpan.FromSeconds(1);

    /// <summary>Connects them, stops the service, starts it again, and prints what it takes until all were imported.</summary>
    public static async Task<int> RunAsync(int accounts, int users)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { LoggedRequests = 1_000 });
        await using var service = new MeasuredService(period: "00:30:00", port: 5062);
        await service.StartAsync();

        Console.WriteLine($"{accounts} accounts of {users} users, embedded on SQLite, {Environment.ProcessorCount} cores.");
        Console.WriteLine();
        MeasuredService.PrintHead();
        await service.MeasureAsync("connect and import all", () => ConnectAllAsync(sandbox, service, accounts, users));
        await service.StopAsync();
        service.MakeDue(TimeSpan.FromHours(1));

        // Each import reads one list from each vendor; more requests than accounts mean that every account was imported.
        await service.StartAsync();
        var before = sandbox.Requests.Count();
        await service.MeasureAsync("all are due at once", () => AllAsync(() => sandbox.Requests.Count() - before >= 2L * accounts));
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Refused for their rate: {sandbox.Requests.RateRefusals()}."));
        return 0;
    }

    private static async Task ConnectAllAsync(SandboxServer sandbox, MeasuredService service, int accounts, int users)
    {
        await Parallel.ForEachAsync(
            Enumerable.Range(1, accounts), new ParallelOptions { MaxDegreeOfParallelism = ConnectionsAtATime }, async (number, _) =>
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"account-{number}");
                var portal = sandbox.PutPortal(
                    name, new PortalSettings { RateLimited = false }, Enumerable.Range(1, users).Select(id => User(number, id)));
                var callGear = sandbox.PutAccount(name, new AccountSettings());
                await service.Client.ConnectAsync(name, portal.WebhookUrl, callGear.BaseUrl, callGear.AccessToken);
            });
        await AllAsync(() => sandbox.Accounts.Values.All(account => account.Employees.Count == users));
    }

    private static async Task AllAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(_look, TimeProvider.System);
        }
    }

    private static BitrixUser User(int account, int id) => BitrixUser.Employee(
        id,
        "Ann",
        string.Create(CultureInfo.InvariantCulture, $"Lee {id}"),
        string.Create(CultureInfo.InvariantCulture, $"user.{id}@account-{account}.example"));
}
