using System.Globalization;
using OrleansSync.Sandbox;
using OrleansSync.Sandbox.Bitrix24;
using OrleansSync.Sandbox.CallGear;
using AccountSettings = OrleansSync.Sandbox.CallGear.AccountSettings;

namespace OrleansSync.Load;

/// <summary>One account with a very large portal.</summary>
internal static class PortalLoad
{
    private const int Times = 21;

    /// <summary>The account's id and the portal's name.</summary>
    public const string Account = "large";

    /// <summary>Imports it, again and again, and prints what each run costs.</summary>
    public static async Task<int> RunAsync(int users)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { LoggedRequests = 1_000 });

        var (portal, callGear) = Seed(sandbox, users);
        await using var service = new MeasuredService("7.00:00:00", port: 5061);
        await service.StartAsync();

        Console.WriteLine($"One account, {users} users, embedded on SQLite, {Environment.ProcessorCount} cores.");
        Console.WriteLine();
        MeasuredService.PrintHead();
        await service.MeasureAsync("first run: everybody is linked", async () =>
        {
            await service.Client.ConnectAsync(Account, portal.WebhookUrl, callGear.BaseUrl, callGear.AccessToken);
            await service.Client.SynchronizeAsync(Account);
        });
        await service.MeasureAsync("run without changes", () => service.Client.SynchronizeAsync(Account));
        portal.PutUser(User(users + 1));
        await service.MeasureAsync("run with one new user", () => service.Client.SynchronizeAsync(Account));
        await service.StopAsync();
        await service.StartAsync();
        await service.MeasureAsync(
            "first page of the list after a restart", () => service.Client.GetAsync($"api/v1/accounts/{Account}/employees?limit=200"));
        await service.MeasureAsync("run without changes after a restart", () => service.Client.SynchronizeAsync(Account));
        await PrintListsAsync(service.Client, users);
        Console.WriteLine();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"The largest account's row: {service.LargestAccount().State} bytes of state, "
                + $"{service.LargestAccount().Connection} of its connection."));
        return 0;
    }

    // By the interface, whose own share is in it: the first page, one in the middle, and what people search for.
    private static async Task PrintListsAsync(ServiceClient client, int users)
    {
        Console.WriteLine();
        Console.WriteLine("| list | median | longest |");
        Console.WriteLine("| --- | --- | --- |");
        foreach (var (what, query) in new[]
        {
            ("first page", "limit=50"),
            ("by outcome", "limit=50&outcome=matched"),
            ("by a name that few have", string.Create(CultureInfo.InvariantCulture, $"limit=50&query=LEE {users - 7}")),
            ("by a name that nobody has", "limit=50&query=nobody"),
        })
        {
            var taken = new List<double>();
            for (var time = 0; time < Times; time++)
            {
                var begin = TimeProvider.System.GetTimestamp();
                await client.GetAsync($"api/v1/accounts/{Account}/employees?{query}");
                taken.Add(TimeProvider.System.GetElapsedTime(begin).TotalMilliseconds);
            }

            taken.Sort();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {taken[Times / 2]:0} ms | {taken[^1]:0} ms |"));
        }
    }

    /// <summary>Makes the portal and its CallGear account.</summary>
    public static (BitrixPortal Portal, CallGearAccount CallGear) Seed(SandboxServer sandbox, int users)
    {
        // Employees that fit by their address, marked and with a number: linking them stores a link each and sends nothing, so that the
        // service is measured and not the imitation.
        var portal = sandbox.PutPortal(
            Account, new PortalSettings { RateLimited = false, OperatingLimitSeconds = 1e9 }, Enumerable.Range(1, users).Select(User));
        return (portal, sandbox.PutAccount(Account, new AccountSettings(), Enumerable.Range(1, users).Select(Employee)));
    }

    private static string EmailOf(int id) => string.Create(CultureInfo.InvariantCulture, $"user.{id}@example.com");

    private static BitrixUser User(int id) =>
        BitrixUser.Employee(id, "Ann", string.Create(CultureInfo.InvariantCulture, $"Lee {id}"), EmailOf(id), "+7 495 1234567");

    private static Employee Employee(int id) => new()
    {
        FirstName = "Ann",
        LastName = string.Create(CultureInfo.InvariantCulture, $"(bitrix24) Lee {id}"),
        Email = EmailOf(id),
        PhoneNumbers = [new PhoneNumber(0, "74951234567")],
    };
}
