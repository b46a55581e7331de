using System.Text.Json.Nodes;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Portals;
using OrleansSync.Grains.Interfaces.Responsible;
using OrleansSync.Grains.Interfaces.Runs;
using OrleansSync.Sandbox.CallGear;
using OrleansSync.Sandbox.Faults;

namespace OrleansSync.Grains.Tests.Portals;

/// <summary>R8.12: what becomes of links when a person says that the portal is another one.</summary>
[Trait("Rule", "R8.12")]
public sealed class ApprovedPortalTests(PortalCluster cluster) : OtherPortals(cluster)
{
    private const int Team = 10;

    [Fact]
    public async Task Approval_EndsLinks_FindsPeopleByAddress_AndRemovesWhoIsNotFound()
    {
        var (portal, employees, held) = await HeldAsync("approved");

        var run = await ApproveAsync(portal, held);

        Assert.Equal((RunTrigger.Approved, RunStatus.Succeeded), (run.Trigger, run.Status));
        Assert.Equal((2, 7, 0), (run.Counts.Linked, run.Counts.Created, run.Counts.Matched));
        Assert.Equal((7, 8), (run.Counts.AddedToResponsible, run.Counts.RemovedFromResponsible));
        Assert.Equal(
            Enumerable.Range(3, 8).Select(id => (long)id),
            (await ChangesAsync(portal, run)).Where(change => change.Outcome == ChangeOutcome.RemovedFromResponsible)
                .Select(change => change.BitrixUserId));
        await AssertMovedAsync("approved", employees);

        var account = (await portal.GetAccountAsync())!;
        Assert.Equal((AccountStatus.Active, null, 9), (account.Status, account.Problem, account.Counts.Responsible));
        Assert.Equal(RunRequestOutcome.NotHeld, (await portal.ApproveAsync(held.RunId)).Outcome);
        var next = await PortalCluster.SynchronizeAsync(portal);
        Assert.Equal((RunStatus.Succeeded, 9), (next.Status, next.Counts.Matched));
        Assert.Empty(await ChangesAsync(portal, next));
    }

    [Fact]
    public async Task HeldRun_SaysWhatAnApprovalDoesToEach()
    {
        var (portal, _, held) = await HeldAsync("announced");

        var reasons = (await ChangesAsync(portal, held)).ToDictionary(change => change.BitrixUserId, change => change.Reason!.Message);

        Assert.Contains("user 3 has", reasons[1], StringComparison.Ordinal);
        Assert.Contains("user 12 has", reasons[2], StringComparison.Ordinal);
        Assert.All(Enumerable.Range(3, 8), id => Assert.Contains("leaves the responsible", reasons[id], StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Rule", "R7.2")]
    public async Task Exclusions_GoWithTheEmployees()
    {
        var (portal, employees, held) = await HeldAsync(
            "exclusions", async portal =>
            {
                Assert.Equal(ResponsibleChangeOutcome.Done, await portal.SetResponsibleAsync(1, responsible: false));
                Assert.Equal(ResponsibleChangeOutcome.Done, await portal.SetResponsibleAsync(4, responsible: false));
            });

        var run = await ApproveAsync(portal, held);

        Assert.Equal((7, 7), (run.Counts.AddedToResponsible, run.Counts.RemovedFromResponsible));
        var responsible = (await portal.ListResponsibleAsync())!.Value;
        Assert.Equal([1L, 2, 4, 5, 6, 7, 8, 12], responsible.Select(entry => entry.BitrixUserId));
        Assert.DoesNotContain(responsible, entry => entry.CallGearEmployeeId == employees[1]);
    }

    [Fact]
    public async Task Approval_ForOnePortal_DoesNotCountForAnother()
    {
        var (portal, _, held) = await HeldAsync("too-late");
        Cluster.Time.Advance(TimeSpan.FromSeconds(1));
        PutPortal("too-late-c", Enumerable.Range(1, Team).Select(Stranger));
        await PointAsync("too-late", "too-late-c");

        var run = await ApproveAsync(portal, held);

        Assert.Equal((RunStatus.Held, ProblemCode.PortalChanged), (run.Status, run.Error?.Code));
        AssertNothingSent("too-late", Team);
        Assert.Equal(RunRequestOutcome.NotHeld, (await portal.ApproveAsync(held.RunId)).Outcome);

        var second = await ApproveAsync(portal, run);
        Assert.Equal((RunStatus.Succeeded, Team), (second.Status, second.Counts.Created));
    }

    [Fact]
    public async Task Approval_AfterTheFormerAddressIsBack_EndsNothing()
    {
        var (portal, _, held) = await HeldAsync("back-first");
        await PointAsync("back-first", "back-first");
        Cluster.Sandbox.Portal("back-first").ChangeUser(1, user => user.Dismissed());

        var run = await ApproveAsync(portal, held);

        Assert.Equal((RunStatus.Succeeded, Team - 1, 1), (run.Status, run.Counts.Matched, run.Counts.RemovedFromResponsible));
        AssertNothingSent("back-first", Team);
    }

    [Theory]
    [InlineData("users")]
    [InlineData("employees")]
    public async Task Approval_WhileAListIsEmpty_EndsNothing(string list)
    {
        var account = $"empty-{list}";
        var (portal, _, held) = await HeldAsync(account);
        if (list == "users")
        {
            Cluster.Sandbox.Portal($"{account}-b").ReplaceUsers([]);
        }
        else
        {
            Cluster.Sandbox.Faults.Add(new Fault { Kind = FaultKind.EmptyList, Target = account, Method = "get.employees" });
        }

        var run = await ApproveAsync(portal, held);

        Assert.Equal((RunStatus.Held, ProblemCode.PortalChanged), (run.Status, run.Error?.Code));
        Assert.Equal(Team, (await portal.ListResponsibleAsync())!.Value.Length);
        AssertNothingSent(account, Team);
    }

    [Theory]
    [InlineData("approval")]
    [InlineData("links")]
    [InlineData("portal")]
    [Trait("Rule", "R3.8")]
    public async Task Process_ThatEndsWhileLinksEnd_IsFollowedByOneThatGoesOn(string step)
    {
        var account = $"cut-{step}";
        var (portal, employees, held) = await HeldAsync(account);
        var cut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Cluster.Rows.Trouble.WritingUser = write => CutIf(step == "links" && write.AccountId == account);
        Cluster.Rows.Trouble.WritingAccount = write =>
        {
            var linked = JsonNode.Parse(write.Row.State)!["linked"];
            CutIf(write.Row.AccountId == account && step switch
            {
                "approval" => linked?["move"] is not null,
                "portal" => (string?)linked?["portal"]?["address"] == $"{account}-b",
                _ => false,
            });
        };
        await portal.ApproveAsync(held.RunId);
        await cut.Task.WaitAsync(Token);
        (Cluster.Rows.Trouble.WritingUser, Cluster.Rows.Trouble.WritingAccount) = (null, null);
        await portal.WatchAsync();
        var newest = (await portal.ListRunsAsync(new RunQuery(null, 1)))!.Items[0];
        while (newest.Trigger != RunTrigger.Resumed)
        {
            await portal.WatchAsync();
            newest = (await portal.ListRunsAsync(new RunQuery(null, 1)))!.Items[0];
        }

        Assert.Equal(RunStatus.Succeeded, (await PortalCluster.EndOfAsync(portal, newest.RunId)).Status);
        await AssertMovedAsync(account, employees);
        Assert.Equal(AccountStatus.Active, (await portal.GetAccountAsync())!.Status);

        void CutIf(bool isStep)
        {
            if (isStep && cut.TrySetResult())
            {
                throw new StorageUnavailableException("The database is away.");
            }
        }
    }

    [Fact]
    [Trait("Rule", "R3.8")]
    public async Task Create_OfTheFormerPortal_WhoseOutcomeIsNotKnown_IsSettledBeforeLinksEnd()
    {
        const string Account = "unsettled";
        var portal = await Cluster.ConnectAsync(Account, Team);
        Cluster.Sandbox.Portal(Account).PutUser(PortalCluster.User(11));
        var lost = Cluster.Sandbox.Faults.Add(
            new Fault { Kind = FaultKind.Drop, Target = Account, Method = "create.employees", Executed = true });
        var blind = Cluster.Sandbox.Faults.Add(
            new Fault { Kind = FaultKind.Error, Code = "internal_error", Target = Account, Method = "get.employees", Skip = 1 });
        Assert.Equal(1, (await PortalCluster.SynchronizeAsync(portal)).Counts.Failed);
        lost.Dispose();
        blind.Dispose();

        // The held run and the approved one cannot look it up; the one after can.
        PutPortal($"{Account}-b", [.. Enumerable.Range(1, 8).Select(Stranger), Stranger(40).With("EMAIL", "user11@example.com")]);
        await PointAsync(Account, $"{Account}-b");
        using var away = Cluster.Sandbox.Faults.Add(
            new Fault { Kind = FaultKind.Error, Code = "internal_error", Target = Account, Method = "get.employees", Times = 1 });
        var held = await PortalCluster.SynchronizeAsync(portal);
        using var stillAway = Cluster.Sandbox.Faults.Add(
            new Fault { Kind = FaultKind.Error, Code = "internal_error", Target = Account, Method = "get.employees", Times = 1 });
        var approved = await ApproveAsync(portal, held);
        var next = await PortalCluster.SynchronizeAsync(portal);

        Assert.Equal((RunStatus.Held, RunStatus.Failed, RunStatus.Succeeded), (held.Status, approved.Status, next.Status));
        Assert.Equal((1, 8), (next.Counts.Linked, next.Counts.Created));
        Assert.Single(Cluster.Sandbox.Account(Account).Employees, employee => employee.Email == "user11@example.com");
        Assert.Empty(Cluster.Sandbox.Account(Account).CreatedDuplicates());
    }

    // Users 1 to 8 and 12 of the other portal: 3 and 12 have the addresses of the former users 1 and 2, all others are strangers.
    private async Task<(IPortalGrain Portal, Dictionary<long, long> Employees, RunSummary Held)> HeldAsync(
        string account, Func<IPortalGrain, Task>? before = null)
    {
        var portal = await Cluster.ConnectAsync(account, Team);
        await (before?.Invoke(portal) ?? Task.CompletedTask);
        var employees = (await RowsAsync(portal)).ToDictionary(row => row.BitrixUserId, row => row.CallGearEmployeeId!.Value);
        PutPortal($"{account}-b",
        [
            .. Enumerable.Range(1, 8).Select(Stranger),
            Stranger(3).With("EMAIL", "USER1@example.com"),
            Stranger(12).With("EMAIL", "user2@example.com"),
        ]);
        await PointAsync(account, $"{account}-b");
        var held = await PortalCluster.SynchronizeAsync(portal);
        Assert.Equal(RunStatus.Held, held.Status);
        return (portal, employees, held);
    }

    private async Task AssertMovedAsync(string account, Dictionary<long, long> employees)
    {
        var portal = Cluster.Portal(account);
        var rows = (await RowsAsync(portal)).ToDictionary(row => row.BitrixUserId);
        Assert.Equal((employees[1], employees[2]), (rows[3].CallGearEmployeeId!.Value, rows[12].CallGearEmployeeId!.Value));
        Assert.All(
            (long[])[9, 10], id => Assert.Equal((EmployeeOutcome.Deleted, null), (rows[id].Outcome, rows[id].CallGearEmployeeId)));
        foreach (var id in (long[])[1, 2, 4, 5, 6, 7, 8])
        {
            Assert.Equal($"Bob Stone {id}", rows[id].Name);
            Assert.DoesNotContain(rows[id].CallGearEmployeeId!.Value, employees.Values);
        }

        Assert.Contains(
            (await portal.GetEmployeeAsync(1))!.History,
            entry => entry.CallGearEmployeeId == employees[1] && entry.Note is { } note
                && note.Contains("another portal", StringComparison.Ordinal) && note.Contains("user 3 ", StringComparison.Ordinal));
        var stored = Cluster.Sandbox.Account(account);
        Assert.Equal(Team + 7, stored.Employees.Count);
        Assert.Empty(stored.CreatedDuplicates());
        Assert.Empty(stored.LostNumbers());
        Assert.Equal("(bitrix24) Lee 1", stored.FindEmployee(employees[1])!.LastName);
    }

    private static async Task<RunSummary> ApproveAsync(IPortalGrain portal, RunSummary held)
    {
        var answer = await portal.ApproveAsync(held.RunId);
        Assert.Equal(RunRequestOutcome.Accepted, answer.Outcome);
        return await PortalCluster.EndOfAsync(portal, answer.Run!.RunId);
    }

    private static async Task<RunChange[]> ChangesAsync(IPortalGrain portal, RunSummary run) =>
        [.. (await portal.GetRunAsync(run.RunId, new ChangeStretch(0, 200)))!.Page.Changes];
}
