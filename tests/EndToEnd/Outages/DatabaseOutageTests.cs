using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OrleansSync.EndToEnd.Services;
using OrleansSync.Sandbox.Faults;
using OrleansSync.Testing.Client;
using OrleansSync.Testing.Processes;
using OrleansSync.Testing.Services;
using OrleansSync.Testing.Tenants;

namespace OrleansSync.EndToEnd.Outages;

/// <summary>
/// PostgreSQL is away while imports are under way and ticks come. By default for 20 seconds; <c>ORLEANSSYNC_TEST_OUTAGE_SECONDS</c> makes
/// it longer.
/// </summary>
public sealed class DatabaseOutageTests(Product product)
{
    private const int Users = 12;
    private const int Tenants = 6;
    private static readonly ServiceOptions _everyMinute = new() { Period = "00:01:00" };
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(240);

    private static TimeSpan Outage => TimeSpan.FromSeconds(
        int.Parse(Environment.GetEnvironmentVariable("ORLEANSSYNC_TEST_OUTAGE_SECONDS") ?? "20", CultureInfo.InvariantCulture));

    [Fact]
    [Trait("Rule", "R3.8")]
    public async Task Cluster_DatabaseAwayDuringImports_LosesNoRunAndRecoversByItself()
    {
        await using var line = new DatabaseLine(await product.NewDatabaseAsync());
        await using var service = await ClusterService.StartAsync(line.ConnectionString, _everyMinute);
        var settled = Tenant.Create(service, product.Sandbox, People.Seed(People.Users(2)));
        await settled.ConnectAsync();

        // Some answers come at once and some late, so that the outage finds users before, in and after their creation.
        var tenants = Enumerable.Range(0, Tenants).Select(_ =>
            Tenant.Create(service, product.Sandbox, People.Seed(People.Users(Users)))).ToArray();
        var late = tenants.Select(tenant => product.Sandbox.Faults.Add(
            new Fault
            {
                Kind = FaultKind.Hold,
                Target = tenant.Id,
                Method = "create.employees",
                Executed = true,
                Skip = 3,
                Every = 2,
            })).ToArray();
        await Task.WhenAll(tenants.Select(tenant => tenant.PutAsync(HttpStatusCode.Created)));
        await Task.WhenAll(late.Select(fault => fault.WaitForHeldAsync(1, TestContext.Current.CancellationToken)));

        await line.CutAsync();
        var cutAt = TimeProvider.System.GetTimestamp();
        Array.ForEach(late, fault => fault.Dispose());
        settled.Portal.PutUser(People.User(3));
        await AssertRefusedAsync(service, settled);
        await Task.Delay(Outage - TimeProvider.System.GetElapsedTime(cutAt) is { Ticks: > 0 } rest
            ? rest
            : TimeSpan.Zero, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.All(service.Silos, silo => Assert.False(silo.HasEnded, $"{silo.Name} ended while the database was away."));
        line.Mend();

        var mendedAt = TimeProvider.System.GetUtcNow();
        await Task.WhenAll(tenants.Select(AssertImportedAsync));
        await Eventually.HoldsAsync("the schedule goes on", () => settled.CallGear.Employees.Count == 3, _patience);
        foreach (var tenant in tenants.Append(settled))
        {
            await Eventually.GetAsync(
                $"{tenant.Id} is imported by schedule again", tenant.RunsAsync, runs =>
                    runs.Any(run => run.Trigger == "scheduled" && run.StartedAt > mendedAt && run.Status == "succeeded"), _patience);
        }

        Assert.Equal(HttpStatusCode.OK, await service.Api.StatusAsync(HttpMethod.Get, "health/ready"));
        Assert.All(service.Silos, silo => Assert.False(silo.HasEnded, $"{silo.Name} ended after the database was away."));
        Assert.Equal(2, service.Silos.Count);
    }

    private static async Task AssertRefusedAsync(ClusterService service, Tenant tenant)
    {
        // Until the first look or failure the processes cannot know.
        await Eventually.GetAsync("the API is not ready", () =>
            service.Api.StatusAsync(HttpMethod.Get, "health/ready"), status => status == HttpStatusCode.ServiceUnavailable);
        var asked = TimeProvider.System.GetTimestamp();
        using var answer = await service.Api.SendAsync(HttpMethod.Post, $"{tenant.Path}/synchronize");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter?.Delta);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Contains("database", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.True(
            TimeProvider.System.GetElapsedTime(asked) < TimeSpan.FromSeconds(15), "The refusal came only after the cluster's time-out.");
    }

    private static async Task AssertImportedAsync(Tenant tenant)
    {
        var rows = await Eventually.GetAsync(
            $"every user of {tenant.Id} is imported", () =>
                RowsOrNoneAsync(tenant), rows => rows.Count == Users && rows.Values.All(row => row.Responsible), _patience);
        Assert.Equal(Users, tenant.CallGear.Employees.Count);
        Assert.Equal(
            tenant.CallGear.Employees.Select(employee => employee.Id), rows.Values.Select(row => row.CallGearEmployeeId!.Value).Order());
        tenant.AssertNothingBroken();
    }

    private static async Task<IReadOnlyDictionary<long, Row>> RowsOrNoneAsync(Tenant tenant)
    {
        try
        {
            return await tenant.RowsAsync();
        }
        catch (UnavailableException)
        {
            return new Dictionary<long, Row>();
        }
    }
}
