namespace OrleansSync.Storage.Tests;

/// <summary>What any engine's reminder table must do, through Orleans' own provider and the silo's own wiring.</summary>
public abstract class ReminderTableConformance(StorageFixture fixture)
{
    private static readonly DateTime _start = new(2026, 3, 29, 1, 59, 59, 123, DateTimeKind.Utc);

    private IReminderTable Table => fixture.Reminders;

    [Fact]
    public async Task Upsert_WhenNew_CanBeReadBackExactly()
    {
        var entry = NewEntry("due");
        var etag = await Table.UpsertRow(entry, Stop);

        var read = await Table.ReadRow(entry.GrainId, "due", Stop);

        Assert.NotNull(read);
        Assert.Equal(
            (entry.GrainId, "due", _start, entry.Period, etag), (read.GrainId, read.ReminderName, read.StartAt, read.Period, read.ETag));
        Assert.Equal(DateTimeKind.Utc, read.StartAt.Kind);
    }

    [Fact]
    public async Task Upsert_WhenItExists_ReplacesItUnderANewETag()
    {
        var entry = NewEntry("due");
        var first = await Table.UpsertRow(entry, Stop);
        entry.Period = TimeSpan.FromHours(2);
        entry.StartAt = _start.AddDays(1);
        var second = await Table.UpsertRow(entry, Stop);

        Assert.NotEqual(first, second);
        var read = Assert.Single((await Table.ReadRows(entry.GrainId, Stop)).Reminders);
        Assert.Equal((_start.AddDays(1), TimeSpan.FromHours(2), second), (read.StartAt, read.Period, read.ETag));
    }

    [Fact]
    public async Task Upsert_WhenPeriodIsLongerThanAnInt32OfMilliseconds_KeepsIt()
    {
        var entry = NewEntry("rare");
        entry.Period = TimeSpan.FromDays(40);
        await Table.UpsertRow(entry, Stop);

        Assert.Equal(TimeSpan.FromDays(40), (await Table.ReadRow(entry.GrainId, "rare", Stop))!.Period);
    }

    [Fact]
    public async Task ReadRow_WhenMissing_IsNull()
    {
        Assert.Null(await Table.ReadRow(NewEntry("x").GrainId, "x", Stop));
    }

    [Fact]
    public async Task ReadRows_OfAGrain_AnswersItsOwnOnly()
    {
        var entry = NewEntry("one");
        var other = NewEntry("one");
        await Table.UpsertRow(entry, Stop);
        await Table.UpsertRow(new() { GrainId = entry.GrainId, ReminderName = "two 李", StartAt = _start, Period = entry.Period }, Stop);
        await Table.UpsertRow(other, Stop);

        Assert.Equal(
            ["one", "two 李"],
            (await Table.ReadRows(entry.GrainId, Stop)).Reminders.Select(row => row.ReminderName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Remove_WhenETagFits_RemovesOnce()
    {
        var entry = NewEntry("due");
        var etag = await Table.UpsertRow(entry, Stop);

        Assert.True(await Table.RemoveRow(entry.GrainId, "due", etag!, Stop));
        Assert.False(await Table.RemoveRow(entry.GrainId, "due", etag!, Stop));
        Assert.Null(await Table.ReadRow(entry.GrainId, "due", Stop));
    }

    [Fact]
    public async Task Remove_WhenETagIsStale_KeepsTheReminder()
    {
        var entry = NewEntry("due");
        var stale = await Table.UpsertRow(entry, Stop);
        await Table.UpsertRow(entry, Stop);

        Assert.False(await Table.RemoveRow(entry.GrainId, "due", stale!, Stop));
        Assert.NotNull(await Table.ReadRow(entry.GrainId, "due", Stop));
    }

    [Fact]
    public async Task Remove_WhenRemovedAndRegisteredAgain_AnOldETagDoesNotFit()
    {
        var entry = NewEntry("due");
        var old = await Table.UpsertRow(entry, Stop);
        await Table.RemoveRow(entry.GrainId, "due", old!, Stop);
        await Table.UpsertRow(entry, Stop);

        Assert.False(await Table.RemoveRow(entry.GrainId, "due", old!, Stop));
    }

    [Fact]
    public async Task ReadRows_OfARange_ExcludesItsBeginAndIncludesItsEnd()
    {
        var entries = Enumerable.Range(0, 40).Select(_ => NewEntry("due")).OrderBy(Hash).ToList();
        foreach (var entry in entries)
        {
            await Table.UpsertRow(entry, Stop);
        }

        var mine = entries.Select(entry => entry.GrainId).ToHashSet();
        for (var index = 0; index < entries.Count; index++)
        {
            var (begin, end) = (Hash(entries[index]), Hash(entries[(index + 13) % entries.Count]));
            var expected = entries.Where(
                entry => begin < end ? Hash(entry) > begin && Hash(entry) <= end : Hash(entry) > begin || Hash(entry) <= end);

            var actual = (await Table.ReadRows(begin, end, Stop)).Reminders.Select(row => row.GrainId).Where(mine.Contains);

            Assert.Equal(expected.Select(entry => entry.GrainId).Order(), actual.Order());
        }
    }

    [Fact]
    public async Task ReadRows_OfTheWholeRing_AnswersAll()
    {
        var entry = NewEntry("due");
        await Table.UpsertRow(entry, Stop);

        foreach (var point in (uint[])[0, 17, uint.MaxValue])
        {
            Assert.Contains((await Table.ReadRows(point, point, Stop)).Reminders, row => row.GrainId == entry.GrainId);
        }
    }

    [Fact]
    public async Task AnyCall_WhenAReminderNameIsTooLong_IsRefusedByNameAndStoresNothing()
    {
        // Two bytes each in UTF-8, so that counting characters would let twice as much through.
        var longest = new string('ä', 128);

        await RefusedAsync(
            Table,
            NewEntry(longest + "x"),
            "The reminder's name is too long for the database: 257 bytes of UTF-8, and at most 256 can be stored.");
        await RegisteredAsync(NewEntry(longest));
    }

    [Fact]
    public async Task AnyCall_WhenAGrainIdIsTooLong_IsRefusedByNameAndStoresNothing()
    {
        const string Message = "The grain id is too long for the database: 2049 bytes of UTF-8, and at most 2048 can be stored.";
        var tooLong = NewEntry("due");
        tooLong.GrainId = GrainId.Create("test", "x" + new string('ä', 1021) + "x");
        var longest = NewEntry("due");
        longest.GrainId = GrainId.Create("test", "x" + new string('ä', 1021));

        await RefusedAsync(Table, tooLong, Message);
        Assert.Equal(Message, (await Assert.ThrowsAsync<ArgumentException>(() => Table.ReadRows(tooLong.GrainId, Stop))).Message);
        await RegisteredAsync(longest);
    }

    [Fact]
    public async Task AnyCall_WhenTheServiceIdIsTooLong_IsRefusedByNameAndStoresNothing() =>
        await RefusedAsync(
            new LimitedReminderTable(Table, new string('x', 257)), NewEntry("due"),
            "The service id is too long for the database: 257 bytes of UTF-8, and at most 256 can be stored.");

    private async Task RefusedAsync(IReminderTable table, ReminderEntry entry, string message)
    {
        var before = await fixture.CountRowsAsync("reminder");
        foreach (var call in (Func<Task>[])
            [
                () => table.UpsertRow(entry, Stop), () => table.ReadRow(entry.GrainId, entry.ReminderName, Stop),
                () => table.RemoveRow(entry.GrainId, entry.ReminderName, "1", Stop),
                () => table.UpsertRow(entry), () => table.ReadRow(entry.GrainId, entry.ReminderName),
                () => table.RemoveRow(entry.GrainId, entry.ReminderName, "1"),
            ])
        {
            Assert.Equal(message, (await Assert.ThrowsAsync<ArgumentException>(call)).Message);
        }

        Assert.Equal(before, await fixture.CountRowsAsync("reminder"));
    }

    private async Task RegisteredAsync(ReminderEntry entry)
    {
        var etag = await Table.UpsertRow(entry, Stop);
        Assert.Equal(etag, (await Table.ReadRow(entry.GrainId, entry.ReminderName, Stop))?.ETag);
        Assert.Single((await Table.ReadRows(entry.GrainId, Stop)).Reminders);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static uint Hash(ReminderEntry entry) => entry.GrainId.GetUniformHashCode();

    private ReminderEntry NewEntry(string name) => new()
    {
        GrainId = GrainId.Create("test", $"account/{fixture.NextName()}"),
        ReminderName = name,
        StartAt = _start,
        Period = TimeSpan.FromMinutes(30),
    };
}
