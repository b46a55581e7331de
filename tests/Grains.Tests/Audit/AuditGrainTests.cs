using CsCheck;
using OrleansSync.Grains.Audit;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Tests.Audit;

public sealed class AuditGrainTests(TrailCluster cluster)
{
    [Fact]
    public async Task List_NothingDone_IsEmpty()
    {
        var page = await cluster.Audit("audit-empty").ListAsync(cursor: null, limit: 10);

        Assert.Empty(page.Items);
        Assert.Null(page.Next);
    }

    [Fact]
    public async Task List_Entries_AreNewestFirstAndComeBackWhole()
    {
        var entry = Entry("account.updated") with
        {
            From = "203.0.113.5",
            Details = [new AuditDetail("displayName", null, new AuditChange("A", "B")), new AuditDetail("callGear.accessToken", "changed", null)],
        };
        await cluster.Audit("audit-order").AppendAsync(Entry("account.connected"));
        await cluster.Audit("audit-order").AppendAsync(entry);
        await cluster.ForgetActivationsAsync();

        var page = await cluster.Audit("audit-order").ListAsync(cursor: null, limit: 10);

        Assert.Equal(["account.updated", "account.connected"], page.Items.Select(item => item.Action));
        Assert.Equal((entry.At, entry.Actor, entry.From), (page.Items[0].At, page.Items[0].Actor, page.Items[0].From));
        Assert.Equal(entry.Details, page.Items[0].Details);
        Assert.Null(page.Next);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(199)]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(450)]
    public async Task List_PageByPageOverChunks_ShowsEveryEntryOnce(int count)
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
    public async Task Append_FullChunk_StartsAnotherAndLeavesItAsItIs()
    {
        await FillAsync("audit-chunks", AuditGrain.ChunkCapacity + 1);

        Assert.Equal(AuditGrain.ChunkCapacity, (await cluster.Chunk("audit-chunks", 0).ReadAsync()).Length);
        Assert.Equal(Action(AuditGrain.ChunkCapacity), Assert.Single(await cluster.Chunk("audit-chunks", 1).ReadAsync()).Action);
    }

    [Fact]
    public async Task List_EntriesOlderThanTheyAreKept_AreNeitherShownNorStored()
    {
        await FillAsync("audit-old", AuditGrain.ChunkCapacity);
        cluster.Time.Advance(TimeSpan.FromDays(1));
        await cluster.Audit("audit-old").AppendAsync(Entry("second chunk"));
        cluster.Time.Advance(AuditGrain.Retention - TimeSpan.FromHours(12));

        // The first chunk's entries are too old by now; it is kept until those of the chunk behind it are, too.
        Assert.Equal("second chunk", Assert.Single((await cluster.Audit("audit-old").ListAsync(null, 10)).Items).Action);
        cluster.Time.Advance(TimeSpan.FromDays(1));
        await cluster.Audit("audit-old").AppendAsync(Entry("new"));

        Assert.Equal("new", Assert.Single((await cluster.Audit("audit-old").ListAsync(null, 10)).Items).Action);
        Assert.Empty(await cluster.Chunk("audit-old", 0).ReadAsync());
    }

    [Fact]
    public async Task List_CursorFromBeforeAChunkWasDropped_EndsTheList()
    {
        await FillAsync("audit-cursor", AuditGrain.ChunkCapacity);
        var page = await cluster.Audit("audit-cursor").ListAsync(null, 10);
        cluster.Time.Advance(AuditGrain.Retention + TimeSpan.FromDays(1));
        await cluster.Audit("audit-cursor").AppendAsync(Entry("new"));

        var rest = await cluster.Audit("audit-cursor").ListAsync(page.Next, 10);

        Assert.Empty(rest.Items);
        Assert.Null(rest.Next);
    }

    [Fact]
    public async Task Clear_Trail_ErasesHeadAndChunks()
    {
        await FillAsync("audit-clear", AuditGrain.ChunkCapacity + 1);
        await cluster.Audit("audit-clear").ClearAsync();
        await cluster.Audit("audit-clear").ClearAsync();

        Assert.Empty((await cluster.Audit("audit-clear").ListAsync(null, 10)).Items);
        Assert.Empty(await cluster.Chunk("audit-clear", 0).ReadAsync());
        Assert.Empty(await cluster.Chunk("audit-clear", 1).ReadAsync());
        Assert.Null(cluster.States.JsonOf("auditHead", "account/audit-clear"));
        Assert.Null(cluster.States.JsonOf("auditChunk", "account/audit-clear/audit/0"));
    }

    [Fact]
    public void Position_AnyCursor_NeverThrowsAndItsOwnComesBack()
    {
        Gen.String.Sample(text => _ = AuditPosition.Parse(text));
        Gen.Select(Gen.Long[0, long.MaxValue], Gen.Int[0, int.MaxValue]).Sample((chunk, index) =>
            Assert.Equal(new AuditPosition(chunk, index), AuditPosition.Parse(new AuditPosition(chunk, index).ToString())));
    }

    private async Task FillAsync(string account, int count)
    {
        for (var index = 0; index < count; index++)
        {
            await cluster.Audit(account).AppendAsync(Entry(Action(index)));
        }
    }

    private AuditEntry Entry(string action) =>
        new() { At = cluster.Time.GetUtcNow(), Actor = new AuditActor(AuditActorKind.Account, "0123456789abcdef"), Action = action };

    private static string Action(int index) => $"action {index}";
}
