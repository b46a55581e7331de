using OrleansSync.EndToEnd.Services;
using OrleansSync.Sandbox.Faults;
using OrleansSync.Testing.Client;
using OrleansSync.Testing.Processes;
using OrleansSync.Testing.Services;
using OrleansSync.Testing.Tenants;

namespace OrleansSync.EndToEnd.Restarts;

/// <summary>R3.8: processes that are killed while CallGear carries a create out.</summary>
public sealed class CrashTests(Product product)
{
    private const int Users = 5;

    [Fact]
    [Trait("Rule", "R3.8")]
    public async Task Embedded_KilledAfterACreateBeforeItsAnswer_EndsWithOneEmployeeAUser()
    {
        await using var service = await EmbeddedService.StartAsync();
        var tenant = Tenant.Create(service, product.Sandbox, People.Seed(People.Users(Users)));
        using var lost = LoseAnswers(tenant);
        await tenant.PutAsync(System.Net.HttpStatusCode.Created);
        await Eventually.HoldsAsync("every create is carried out", () => tenant.CallGear.Employees.Count == Users);

        await service.Process.KillAsync();
        lost.Dispose();
        await service.StartAgainAsync();

        await AssertTakenUpAsync(tenant);
    }

    [Fact]
    [Trait("Rule", "R3.8")]
    public async Task Cluster_SiloKilledDuringRuns_AnotherTakesThemUp()
    {
        await using var service = await ClusterService.StartAsync(await product.NewDatabaseAsync());
        var tenants = Enumerable.Range(0, 8).Select(_ =>
            Tenant.Create(service, product.Sandbox, People.Seed(People.Users(Users)))).ToArray();
        var faults = tenants.Select(LoseAnswers).ToArray();
        await Task.WhenAll(tenants.Select(tenant => tenant.PutAsync(System.Net.HttpStatusCode.Created)));
        await Eventually.HoldsAsync("every create is carried out", () => tenants.All(tenant => tenant.CallGear.Employees.Count == Users));

        await service.Silos[0].KillAsync();
        Array.ForEach(faults, fault => fault.Dispose());

        await Task.WhenAll(tenants.Select(AssertImportedAsync));
        var triggers = (await Task.WhenAll(tenants.Select(tenant => tenant.RunsAsync()))).SelectMany(runs => runs)
            .Select(run => run.Trigger).ToArray();
        Assert.Contains("resumed", triggers);
    }

    // The change is made and nobody learns of it; five at a time, so that every user is in that state when the process dies.
    private FaultHandle LoseAnswers(Tenant tenant) => product.Sandbox.Faults.Add(
        new Fault { Kind = FaultKind.NeverAnswer, Target = tenant.Id, Method = "create.employees", Executed = true });

    private static async Task AssertTakenUpAsync(Tenant tenant)
    {
        var resumed = await tenant.FirstRunAsync("resumed");
        Assert.Equal("succeeded", resumed.Status);
        var interrupted = await tenant.FirstRunAsync("connected");
        Assert.Equal(("failed", "interrupted"), (interrupted.Status, interrupted.Error?.Code));
        await AssertImportedAsync(tenant);
    }

    private static async Task AssertImportedAsync(Tenant tenant)
    {
        var rows = await Eventually.GetAsync(
            $"every user of {tenant.Id} is imported",
            () => RowsOrNoneAsync(tenant),
            rows => rows.Count == Users && rows.Values.All(row => row.Responsible),
            TimeSpan.FromSeconds(240));
        Assert.Equal(Users, tenant.CallGear.Employees.Count);
        Assert.Equal(
            tenant.CallGear.Employees.Select(employee => employee.Id), rows.Values.Select(row => row.CallGearEmployeeId!.Value).Order());
        tenant.AssertNothingBroken();
    }

    // For as long as nobody has noticed that the silo is dead, calls to it find nobody.
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
