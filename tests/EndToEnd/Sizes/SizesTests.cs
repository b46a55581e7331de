using System.Globalization;
using OrleansSync.EndToEnd.Services;
using OrleansSync.Sandbox.CallGear;
using OrleansSync.Sandbox.Seeding;
using OrleansSync.Testing.Client;
using OrleansSync.Testing.Tenants;

namespace OrleansSync.EndToEnd.Sizes;

/// <summary>Numbers of users around the edges of pages and batches, and companies larger than one page of CallGear's.</summary>
public sealed class SizesTests(Product product)
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(49)]
    [InlineData(50)]
    [InlineData(51)]
    [InlineData(100)]
    [InlineData(2_500)]
    [Trait("Rule", "R3.3")]
    public async Task Import_IntoAnEmptyAccount_CreatesEachUserOnce(int users)
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(users)));

        var run = await tenant.ConnectAsync();

        Assert.Equal(("succeeded", users, users), (run.Status, run.Counts.Users, run.Counts.Created));
        Assert.Equal(Emails(users), tenant.CallGear.Employees.Select(employee => employee.Email).Order(StringComparer.Ordinal));
        await AssertNextRunChangesNothingAsync(tenant, users);
    }

    [Theory]
    [InlineData(2_499)]
    [InlineData(2_501)]
    [InlineData(10_000)]
    [Trait("Rule", "R3.2"), Trait("Rule", "R4.5")]
    public async Task Import_MostEmployeesAreThere_LinksAndCreatesTheRest(int users)
    {
        const int Missing = 20;
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(users), MarkedEmployees(users - Missing)));

        var run = await tenant.ConnectAsync();

        Assert.Equal(("succeeded", users - Missing, Missing), (run.Status, run.Counts.Linked, run.Counts.Created));
        Assert.Equal(Emails(users), tenant.CallGear.Employees.Select(employee => employee.Email).Order(StringComparer.Ordinal));
        Assert.Equal(Missing, tenant.Writes().Count);
        await AssertNextRunChangesNothingAsync(tenant, users);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(10_000)]
    [Trait("Rule", "R8.10")]
    public async Task Import_MoreEmployeesThanOnePageHolds_FindsEachOfThem(int? unstableOrderAbove)
    {
        const int Users = 60;
        var strangers = Enumerable.Range(0, 12_000).Select(Stranger);
        var seed = People.Seed(People.Users(Users), [.. strangers, .. MarkedEmployees(Users / 2)]) with
        {
            Account = new AccountSettings { UnstableOrderAbove = unstableOrderAbove },
        };
        var tenant = await product.NewTenantAsync(seed);

        var run = await tenant.ConnectAsync();

        Assert.Equal((Users / 2, Users / 2), (run.Counts.Linked, run.Counts.Created));
        Assert.Equal(12_000 + Users, tenant.CallGear.Employees.Count);
        tenant.AssertNothingBroken();
    }

    [Fact]
    [Trait("Rule", "R1.2")]
    public async Task Synchronize_ManyAccountsAtOnce_EachEndsRight()
    {
        const int Accounts = 200;
        var tenants = new Tenant[Accounts];
        for (var index = 0; index < Accounts; index++)
        {
            tenants[index] = await product.NewTenantAsync(
                SeedGenerator.Create(new SeedOptions { Users = 3 + (index % 5), Employees = 3, Seed = index }));
        }

        await Parallel.ForEachAsync(tenants, async (tenant, _) => await tenant.ConnectPausedAsync());
        var runs = await Task.WhenAll(tenants.Select(tenant => tenant.SynchronizeAsync()));

        Assert.All(runs, run => Assert.Equal("succeeded", run.Status));
        Assert.All(tenants.Zip(runs), pair => AssertImported(pair.First, pair.Second));
        Assert.Equal(0, tenants.Sum(tenant => product.Sandbox.Requests.RateRefusals(target: tenant.Id)));
    }

    private static void AssertImported(Tenant tenant, Run run)
    {
        Assert.Equal(tenant.Id, run.AccountId);
        Assert.Equal(tenant.Portal.Users.Count, run.Counts.Created + run.Counts.Linked);
        var addresses = tenant.CallGear.Employees.Select(employee => employee.Email).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Assert.All(tenant.Portal.Users, user => Assert.Contains(user.Text("EMAIL"), addresses));
        tenant.AssertNothingBroken();
    }

    private static async Task AssertNextRunChangesNothingAsync(Tenant tenant, int users)
    {
        var writes = tenant.Writes().Count;
        var next = await tenant.SynchronizeAsync();
        Assert.Equal(("succeeded", users), (next.Status, next.Counts.Matched));
        Assert.Equal(writes, tenant.Writes().Count);
        Assert.Equal(users, (await tenant.ResponsibleAsync()).Count);
        Assert.Equal(users, (await tenant.RowsAsync()).Count);
        tenant.AssertNothingBroken();
    }

    private static Employee[] MarkedEmployees(int count) =>
        [.. Enumerable.Range(1, count).Select(id => People.EmployeeFor(id, "(bitrix24) Lee"))];

    private static Employee Stranger(int number) => new()
    {
        LastName = "Stranger",
        Email = string.Create(CultureInfo.InvariantCulture, $"stranger.{number}@example.com"),
    };

    private static IEnumerable<string> Emails(int users) => Enumerable.Range(1, users).Select(People.EmailOf).Order(StringComparer.Ordinal);
}
