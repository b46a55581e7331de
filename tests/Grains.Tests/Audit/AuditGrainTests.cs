using CsCheck;
using OrleansSync.Grains.Audit;
using OrleansSync.Grains.Interfaces.Audit;

namespace OrleansSync.Grains.Tests.Audit;

public sealed class AuditGrainTests(TrailCluster cluster)
{
    [Fact]
    public async Task List_NothingDone_IsEmpty()
    {
        await cluster.ConnectAsync("audit-empty");

        var page = await cluster.Audit("audit-empty").ListAsync(cursor: null, limit: 10);

        Assert.Empty(page.Items);
        Assert.Null(page.Next);
    }

    [Fact]
    public async Task List_Entries_AreNewestFirstAndComeBackWhole()
    {
        await cluster.ConnectAsync("audit-order");
        await cluster.ConnectAsync("audit-order-other");
        var entry = Entry("account.updated") with
        {
            From = "203.0.113.5",
            Details = [new AuditDetail("displayName", null, new AuditChange("A", "B")), new AuditDetail(
                "callGear.accessToken", "changed", null)],
        };
        await cluster.Audit("audit-order").AppendAsync(Entry("account.connected"));
        await cluster.Audit("audit-order-other").AppendAsync(Entry("other"));
        await cluster.Audit("audit-order").AppendAsync(entry);

        var page = await cluster.Audit("audit-order").ListAsync(cursor: null, limit: 10);

        Assert.Equal(["account.updated", "account.connected"], page.Items.Select(item => item.Action));
        Assert.Equal((entry.At, entry.Actor, entry.From), (page.Items[0].At, page.Items[0].Actor, page.Items[0].From));
        Assert.Equal(entry.Details, page.Items[0].Details);
        Assert.Null(page.Next);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(101)]
    public async Task List_PageByPage_ShowsEveryEntryOnce(int count)
    {
        var account = $"audit-pages-{count}";
        await FillAsync(account, count);
        foreach (var limit in (int[])[7, 100, 200])
        {
            var seen = new List<string>();
            string? cursor = null;
            do
            {
                var page = await cluster.Audit(account).ListAsync(cursor, limit);
                Assert.InRange(page.Items.Length, 1, limit);
                seen.AddRange(page.Items.Select(item => item.Action));
                cursor = page.Next;
            }
            while (cursor is not null);

            Assert.Equal(Enumerable.Range(0, count).Reverse().Select(Action), seen);
        }
    }

    [Fact]
    public async Task List_EntriesWhileSomebodyReads_ShowsThoseBehindTheCursorOnce()
    {
        await FillAsync("audit-growing", 4);
        var first = await cluster.Audit("audit-growing").ListAsync(cursor: null, limit: 2);
        await cluster.Audit("audit-growing").AppendAsync(Entry("later"));

        var second = await cluster.Audit("audit-growing").ListAsync(first.Next, limit: 10);

        Assert.Equal([Action(1), Action(0)], second.Items.Select(item => item.Action));
    }

    [Fact]
    public async Task List_EntriesOlderThanTheyAreKept_AreNeitherShownNorStored()
    {
        await FillAsync("audit-old", 3);
        cluster.Time.Advance(TimeSpan.FromDays(1));
        await cluster.Audit("audit-old").AppendAsync(Entry("a day later"));
        cluster.Time.Advance(AuditGrain.Retention - TimeSpan.FromHours(12));

        Assert.Equal("a day later", Assert.Single((await cluster.Audit("audit-old").ListAsync(null, 10)).Items).Action);
        cluster.Time.Advance(TimeSpan.FromDays(1));
        Assert.Empty((await cluster.Audit("audit-old").ListAsync(null, 10)).Items);
        await cluster.Audit("audit-old").AppendAsync(Entry("new"));

        Assert.Equal("new", Assert.Single((await cluster.Audit("audit-old").ListAsync(null, 10)).Items).Action);
        Assert.Equal("new", Assert.Single(await StoredAsync("audit-old")).Action);
    }

    [Fact]
    public async Task Append_SeveralADay_DropsOldEntriesOnce()
    {
        await FillAsync("audit-daily", 1);
        cluster.Time.Advance(AuditGrain.Retention - TimeSpan.FromHours(1));
        await cluster.Audit("audit-daily").AppendAsync(Entry("drops nothing"));
        cluster.Time.Advance(TimeSpan.FromHours(2));
        await cluster.Audit("audit-daily").AppendAsync(Entry("soon after"));
        Assert.Equal(3, (await StoredAsync("audit-daily")).Count);

        cluster.Time.Advance(TimeSpan.FromDays(1));
        await cluster.Audit("audit-daily").AppendAsync(Entry("a day after"));

        Assert.Equal(["a day after", "soon after", "drops nothing"], (await StoredAsync("audit-daily")).Select(entry => entry.Action));
    }

    [Fact]
    public async Task List_CursorFromBeforeEntriesWereDropped_EndsTheList()
    {
        await FillAsync("audit-cursor", 20);
        var page = await cluster.Audit("audit-cursor").ListAsync(null, 10);
        cluster.Time.Advance(AuditGrain.Retention + TimeSpan.FromDays(1));
        await cluster.Audit("audit-cursor").AppendAsync(Entry("new"));

        var rest = await cluster.Audit("audit-cursor").ListAsync(page.Next, 10);

        Assert.Empty(rest.Items);
        Assert.Null(rest.Next);
    }

    [Fact]
    public async Task Append_AccountThatIsGone_IsNotStored()
    {
        await FillAsync("audit-gone", 2);
        await cluster.EraseAsync("audit-gone", meanwhile: () => cluster.Audit("audit-gone").AppendAsync(Entry("meanwhile")));
        await cluster.Audit("audit-gone").AppendAsync(Entry("afterwards"));
        await cluster.ConnectAsync("audit-gone");

        Assert.Empty(await StoredAsync("audit-gone"));
    }

    [Fact]
    public async Task List_AnyCursor_NeverThrows()
    {
        await FillAsync("audit-any", 2);

        await Gen.String.SampleAsync(async text => _ = await cluster.Audit("audit-any").ListAsync(text, 10), iter: 200);
    }

    private async Task FillAsync(string account, int count)
    {
        await cluster.ConnectAsync(account);
        for (var index = 0; index < count; index++)
        {
            await cluster.Audit(account).AppendAsync(Entry(Action(index)));
        }
    }

    private async Task<IReadOnlyList<AuditEntry>> StoredAsync(string account) =>
        (await cluster.Database.Trails.PageAsync(account, cursor: null, limit: 100, oldest: DateTimeOffset.UnixEpoch)).Items;

    private AuditEntry Entry(string action) =>
        new() { At = cluster.Time.GetUtcNow(), Actor = new AuditActor(AuditActorKind.Account, "0123456789abcdef"), Action = action };

    private static string Action(int index) => $"action {index}";
}
