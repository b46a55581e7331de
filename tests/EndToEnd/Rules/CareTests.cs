using OrleansSync.EndToEnd.Services;
using OrleansSync.Sandbox.Faults;
using OrleansSync.Sandbox.Requests;
using OrleansSync.Sandbox.Seeding;
using OrleansSync.Testing.Client;
using OrleansSync.Testing.Tenants;

namespace OrleansSync.EndToEnd.Rules;

/// <summary>R8.3 to R8.8 and R8.11.</summary>
public sealed class CareTests(Product product)
{
    [Fact]
    [Trait("Rule", "R8.3")]
    public async Task DryRun_ReportsFieldByFieldAndChangesNothingAnywhere()
    {
        var seed = SeedGenerator.Create(new SeedOptions { Users = 12, Employees = 8, SpecialCases = true });
        var tenant = await product.NewTenantAsync(seed);
        await tenant.ConnectPausedAsync();
        var employees = tenant.CallGear.Employees;

        var dry = await tenant.SynchronizeAsync("&dryRun=true");

        Assert.True(dry.DryRun);
        Assert.Empty(tenant.Writes());
        Assert.Equal(employees, tenant.CallGear.Employees);
        Assert.Empty(await tenant.RowsAsync());
        Assert.Empty(await tenant.ResponsibleAsync());

        // What it reports is what a run then does, but for what only CallGear can refuse.
        var real = await tenant.SynchronizeAsync();
        string[] refused = ["phone/refused, created", "phone/refused, linked", "phone/too long", "email/refused by CallGear"];
        var unforeseen = refused.Select(name => (long)seed.Cases[name]).ToHashSet();
        Assert.Equal(Foreseeable(real), Foreseeable(dry));
        Assert.Equal(real.Counts.Skipped, dry.Counts.Skipped);

        IEnumerable<string> Foreseeable(Run run) => run.Changes!.Where(change => !unforeseen.Contains(change.BitrixUserId)).Select(change =>
            $"{change.BitrixUserId} {change.Outcome} {change.Reason?.Code} {string.Join("; ", change.Fields)}");
    }

    [Fact]
    [Trait("Rule", "R8.3")]
    public async Task DryRun_OfAMassDismissal_LeavesTheAccountAsItIs()
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(6)));
        await tenant.ConnectAsync();
        tenant.Portal.ReplaceUsers(tenant.Portal.Users.Select(user => user.Dismissed()));

        var dry = await tenant.SynchronizeAsync("&dryRun=true");

        Assert.Equal("held", dry.Status);
        Assert.Equal("active", (await tenant.AccountAsync()).Status);
        Assert.Equal(6, (await tenant.ResponsibleAsync()).Count);
        Assert.All((await tenant.RowsAsync()).Values, row => Assert.Equal("created", row.Outcome));
    }

    [Theory]
    [InlineData(FaultKind.UnorderedIds, Vendor.Bitrix24)]
    [InlineData(FaultKind.Truncated, Vendor.Bitrix24)]
    [InlineData(FaultKind.Truncated, Vendor.CallGear)]
    [InlineData(FaultKind.MalformedJson, Vendor.CallGear)]
    [InlineData(FaultKind.LostItems, Vendor.CallGear)]
    [Trait("Rule", "R8.4")]
    public async Task ListNotReadToItsEnd_FailsTheRunAndRemovesNobody(FaultKind kind, Vendor vendor)
    {
        // More than a page, so that a short page in the middle shows.
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(120)));
        await tenant.ConnectAsync();
        var employees = tenant.CallGear.Employees;
        var method = kind is not (FaultKind.LostItems or FaultKind.UnorderedIds) ? null
            : vendor == Vendor.Bitrix24 ? "user.get"
            : "get.employees";
        using var fault =
            product.Sandbox.Faults.Add(new Fault { Kind = kind, Vendor = vendor, Target = tenant.Id, Method = method, Amount = 7 });

        var run = await tenant.SynchronizeAsync();

        Assert.Equal(("failed", "invalidAnswer"), (run.Status, run.Error?.Code));
        Assert.Equal(120, (await tenant.ResponsibleAsync()).Count);
        Assert.Equal(employees, tenant.CallGear.Employees);
        fault.Dispose();
        Assert.Equal(("succeeded", 120), ((await tenant.SynchronizeAsync()).Status, (await tenant.ResponsibleAsync()).Count));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [Trait("Rule", "R8.4")]
    public async Task PageThatCameShort_FailsTheRunAndRemovesNobody(int wholePages)
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(120)));
        await tenant.ConnectAsync();
        using var fault = product.Sandbox.Faults.Add(new Fault
        {
            Kind = FaultKind.LostItems,
            Target = tenant.Id,
            Method = "user.get",
            Skip = wholePages,
            Times = 1,
            Amount = 7,
        });

        var run = await tenant.SynchronizeAsync();

        Assert.Equal((1, "failed", "invalidAnswer"), (fault.Hits, run.Status, run.Error?.Code));
        Assert.Equal(120, (await tenant.ResponsibleAsync()).Count);
        Assert.Equal("active", (await tenant.AccountAsync()).Status);
    }

    [Fact]
    [Trait("Rule", "R8.5"), Trait("Rule", "R8.7")]
    public async Task RefusedUser_StopsNoOther_AndIsTriedAgain()
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(9)));
        using var fault = product.Sandbox.Faults.Add(new Fault
        {
            Kind = FaultKind.Error,
            Code = "data_type_error",
            Message = "Wrong name",
            Field = "first_name",
            Target = tenant.Id,
            Method = "create.employees",
            ParameterContains = People.EmailOf(4),
        });

        var run = await tenant.ConnectAsync();

        Assert.Equal(("completedWithErrors", 8, 1), (run.Status, run.Counts.Created, run.Counts.Failed));
        var reason = run.ChangeOf(4).Reason!;
        Assert.Equal("rejected", reason.Code);
        Assert.Contains("Wrong name", reason.Message, StringComparison.Ordinal);
        Assert.Contains("first_name", reason.Message, StringComparison.Ordinal);

        fault.Dispose();
        var next = await tenant.SynchronizeAsync();
        Assert.Equal(("succeeded", 1, 8), (next.Status, next.Counts.Created, next.Counts.Matched));
    }

    [Fact]
    [Trait("Rule", "R8.6")]
    public async Task KeyWithoutContactData_FailsAsScopeAndSkipsNobody()
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(6)));
        await tenant.ConnectAsync();
        tenant.Portal.Settings = tenant.Portal.Settings with { Scopes = ["user_brief"] };
        tenant.Portal.PutUser(People.User(7));
        var writes = tenant.Writes().Count;

        var run = await tenant.SynchronizeAsync();

        Assert.Equal(("failed", "bitrix24Scope"), (run.Status, run.Error?.Code));
        Assert.Equal(
            ("actionRequired", "bitrix24Scope"), ((await tenant.AccountAsync()).Status, (await tenant.AccountAsync()).Problem?.Code));
        Assert.Equal(writes, tenant.Writes().Count);
        Assert.All((await tenant.RowsAsync()).Values, row => Assert.Equal("created", row.Outcome));
        Assert.Equal(6, (await tenant.ResponsibleAsync()).Count);
    }

    [Fact]
    [Trait("Rule", "R8.8")]
    public async Task OneUser_IsImportedAlone()
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(8)));
        await tenant.ConnectPausedAsync();

        var run = await tenant.SynchronizeAsync("&user=5");

        Assert.Equal((1, 1), (run.Counts.Users, run.Counts.Created));
        Assert.Equal(People.EmailOf(5), Assert.Single(tenant.CallGear.Employees).Email);
        Assert.Equal([5], await tenant.ResponsibleAsync());
        Assert.Equal([5], (await tenant.RowsAsync()).Keys);

        tenant.Portal.ChangeUser(5, user => user.Dismissed());
        var gone = await tenant.SynchronizeAsync("&user=5");
        Assert.Equal("removedFromResponsible", gone.ChangeOf(5).Outcome);
        Assert.Empty(await tenant.ResponsibleAsync());
    }

    [Theory]
    [InlineData(FaultKind.Html)]
    [InlineData(FaultKind.Drop)]
    [Trait("Rule", "R8.11")]
    public async Task PassingFault_OfReads_IsOvercomeWithinTheRun(FaultKind kind)
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(3)));
        using var bitrix = product.Sandbox.Faults.Add(new Fault { Kind = kind, Vendor = Vendor.Bitrix24, Target = tenant.Id, Times = 2 });
        using var callGear = product.Sandbox.Faults.Add(new Fault { Kind = kind, Target = tenant.Id, Method = "get.employees", Times = 2 });

        var run = await tenant.ConnectAsync();

        Assert.Equal(("succeeded", 3), (run.Status, run.Counts.Created));
        Assert.Equal((2, 2), (bitrix.Hits, callGear.Hits));
    }

    [Fact]
    [Trait("Rule", "R8.11")]
    public async Task PortalThatStaysAway_FailsTheRunAsUnreachableAndRemovesNobody()
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(6)));
        await tenant.ConnectAsync();
        using var away =
            product.Sandbox.Faults.Add(new Fault { Kind = FaultKind.Html, Status = 502, Vendor = Vendor.Bitrix24, Target = tenant.Id });

        var run = await tenant.SynchronizeAsync();

        Assert.Equal(("failed", "unreachable"), (run.Status, run.Error?.Code));
        Assert.True(run.FinishedAt - run.StartedAt >= TimeSpan.FromSeconds(19), $"gave up after {run.FinishedAt - run.StartedAt}");
        Assert.Equal(6, (await tenant.ResponsibleAsync()).Count);
        Assert.Equal("active", (await tenant.AccountAsync()).Status);
    }
}
