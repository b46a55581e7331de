using System.Text.Json.Nodes;
using OrleansSync.EndToEnd.Services;
using OrleansSync.Testing.Tenants;

namespace OrleansSync.EndToEnd.Rules;

/// <summary>R2, beside the special cases of the cloud edition.</summary>
public sealed class WhoTests(Product product)
{
    [Fact]
    [Trait("Rule", "R2.1"), Trait("Rule", "R2.2"), Trait("Rule", "R2.4")]
    public async Task OnPremise_WithoutDepartment_IsSkippedUntilItHasOne()
    {
        var blank = new Dictionary<int, JsonNode?> { [2] = null, [3] = false, [4] = "", [5] = new JsonArray(), [6] = new JsonArray(0) };
        var users = People.Users(7).Select(
            user => blank.TryGetValue(user.Id, out var department) ? user.With("UF_DEPARTMENT", department) : user)
            .Select(user => user.Id == 7 ? user.Without("UF_DEPARTMENT") : user);
        var tenant = await product.NewTenantAsync(People.Seed(users));
        tenant.Edition = "onPremise";

        var run = await tenant.ConnectAsync();

        Assert.Equal((1, 6, "succeeded"), (run.Counts.Created, run.Counts.Skipped, run.Status));
        Assert.All(Enumerable.Range(2, 6), id => Assert.Equal("missingDepartment", run.ChangeOf(id).Reason!.Code));
        Assert.Equal(6, (await tenant.AccountAsync()).Counts.Skipped);

        foreach (var id in Enumerable.Range(2, 6))
        {
            tenant.Portal.ChangeUser(id, user => user.With("UF_DEPARTMENT", new JsonArray(4)));
        }

        var next = await tenant.SynchronizeAsync();
        Assert.Equal((6, 1, 0), (next.Counts.Created, next.Counts.Matched, next.Counts.Skipped));
        Assert.Equal(7, tenant.CallGear.Employees.Count);
        Assert.All((await tenant.RowsAsync()).Values, row => Assert.Null(row.Reason));
    }

    [Theory]
    [InlineData("LAST_NAME", "missingLastName")]
    [InlineData("EMAIL", "missingEmail")]
    [Trait("Rule", "R2.4")]
    public async Task MissingField_FilledIn_IsImportedByTheNextRun(string field, string reason)
    {
        var tenant = await product.NewTenantAsync(People.Seed([People.User(1).With(field, "")]));
        await tenant.ConnectAsync();
        var row = await tenant.RowAsync(1);
        Assert.Equal(("skipped", reason), (row.Outcome, row.Reason?.Code));
        Assert.Empty(tenant.CallGear.Employees);

        tenant.Portal.ChangeUser(1, user => user.With(field, "filled.in@example.com"));
        var run = await tenant.SynchronizeAsync();

        Assert.Equal((1, 0), (run.Counts.Created, run.Counts.Skipped));
        Assert.Equal(["created", "skipped"], (await tenant.RowAsync(1)).History!.Select(entry => entry.Outcome));
    }

    [Fact]
    [Trait("Rule", "R3.1")]
    public async Task ImportedUser_LosingRequiredFields_StaysMatched()
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(2)));
        await tenant.ConnectAsync();
        var writes = tenant.Writes().Count;
        tenant.Portal.ChangeUser(1, user => user.With("EMAIL", "").With("LAST_NAME", null));

        var run = await tenant.SynchronizeAsync();

        Assert.Equal((2, 0), (run.Counts.Matched, run.Counts.Skipped));
        Assert.Equal(writes, tenant.Writes().Count);
        Assert.Equal([1, 2], await tenant.ResponsibleAsync());
    }
}
