using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OrleansSync.Rivals.Accounts;
using OrleansSync.Rivals.Messages;
using OrleansSync.Rivals.Runners;

// As many connections as a process of the service opens at most.
const int MaxConnections = 20;

if (args is not [("hangfire" or "loop") and var mode, var connectionString])
{
    Console.Error.WriteLine("Usage: OrleansSync.Rivals hangfire|loop CONNECTION-STRING; orders and answers are lines of JSON.");
    return 2;
}

await using var database = NpgsqlDataSource.Create(
    new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = MaxConnections }.ToString());
var services = new ServiceCollection();
VendorClients.Add(services);
await using var provider = services.BuildServiceProvider();
var tables = new RivalTables(database);
await tables.CreateAsync();
var import = new AccountImport(
    new VendorClients(provider.GetRequiredService<IHttpClientFactory>(), TimeProvider.System), tables, TimeProvider.System);
var book = new AccountBook();
await using IRunner runner =
    mode == "loop" ? new LoopRunner(import, TimeProvider.System) : new HangfireRunner(connectionString, book, import);
await runner.StartAsync();
Console.WriteLine("ready");

// Whoever started it ends it by closing its input, which happens even when that process is killed.
while (await Console.In.ReadLineAsync() is { } line)
{
    var order = JsonSerializer.Deserialize<RivalOrder>(line)!;
    book.Add(order.Connect);
    Console.WriteLine(JsonSerializer.Serialize(await runner.RunAsync([.. order.Synchronize.Select(book.Of)])));
}

return 0;
