using Orleans.Storage;
using OrleansSync.Grains.Storage;
using OrleansSync.Silo.Storage;

namespace OrleansSync.Silo.Tests.Storage;

/// <summary>What any engine's grain storage must do, through Orleans' own provider and the silo's own wiring.</summary>
public abstract class GrainStorageConformance(StorageFixture fixture)
{
    private const string StateName = "conformance";

    private IGrainStorage Storage => fixture.Storage;

    [Fact]
    public async Task Write_WhenFirst_CanBeReadBack()
    {
        var id = NewId("first");
        var written = await WriteAsync(id, new() { Name = "Ann", Number = 7, Kind = TestKind.VerySpecial, Items = ["a", "b"] });

        var read = await ReadAsync(id);

        Assert.True(read.RecordExists);
        Assert.Equal(written.ETag, read.ETag);
        Assert.Equal(("Ann", 7, TestKind.VerySpecial), (read.State!.Name, read.State!.Number, read.State!.Kind));
        Assert.Equal(["a", "b"], read.State!.Items);
    }

    [Fact]
    public async Task Read_WhenNothingIsStored_AnswersAnInitialState()
    {
        var read = await ReadAsync(NewId("missing"));

        Assert.False(read.RecordExists);
        Assert.Null(read.ETag);
        Assert.Equal("", read.State!.Name);
    }

    [Fact]
    public async Task Write_WhenRepeatedWithTheLastVersion_Succeeds()
    {
        var id = NewId("repeated");
        var state = await WriteAsync(id, new() { Number = 1 });
        for (var number = 2; number <= 5; number++)
        {
            state.State!.Number = number;
            await Storage.WriteStateAsync(StateName, id, state);
        }

        Assert.Equal(5, (await ReadAsync(id)).State!.Number);
    }

    [Fact]
    public async Task Write_WhenFirstWritesRace_OneWinsAndTheOthersAreInconsistent()
    {
        var id = NewId("race");
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(number => Task.Run(() => TryAsync(() => WriteAsync(id, new() { Number = number })))));

        Assert.Equal(1, outcomes.Count(succeeded => succeeded));
        Assert.True((await ReadAsync(id)).RecordExists);
    }

    [Fact]
    public async Task Write_WhenLaterWritesRace_OneWinsAndTheOthersAreInconsistent()
    {
        var id = NewId("later-race");
        await WriteAsync(id, new());
        var readers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => ReadAsync(id)));

        var outcomes = await Task.WhenAll(readers.Select(state => Task.Run(() => TryAsync(() => Storage.WriteStateAsync(StateName, id, state)))));

        Assert.Equal(1, outcomes.Count(succeeded => succeeded));
    }

    [Fact]
    public async Task Write_WhenVersionIsStale_IsInconsistentAndChangesNothing()
    {
        var id = NewId("stale");
        await WriteAsync(id, new() { Name = "first" });
        var stale = await ReadAsync(id);
        var fresh = await ReadAsync(id);
        fresh.State!.Name = "second";
        await Storage.WriteStateAsync(StateName, id, fresh);

        stale.State!.Name = "third";
        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync(StateName, id, stale));

        Assert.Equal("second", (await ReadAsync(id)).State!.Name);
    }

    [Fact]
    public async Task Write_WhenAnExistingStateWasNeverRead_IsInconsistentAndChangesNothing()
    {
        var id = NewId("unread");
        await WriteAsync(id, new() { Name = "first" });

        await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync(id, new() { Name = "second" }));

        Assert.Equal("first", (await ReadAsync(id)).State!.Name);
    }

    [Fact]
    public async Task Write_WhenStateWasClearedMeanwhile_IsInconsistentAndMakesNoRow()
    {
        var id = NewId("cleared-meanwhile");
        var stale = await WriteAsync(id, new());
        await Storage.ClearStateAsync(StateName, id, await ReadAsync(id));

        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync(StateName, id, stale));

        Assert.False((await ReadAsync(id)).RecordExists);
    }

    [Fact]
    public async Task Write_WhenStateWasClearedAndMadeAgain_AnOldVersionDoesNotFit()
    {
        var id = NewId("made-again");
        var old = await WriteAsync(id, new() { Name = "old" });
        await Storage.ClearStateAsync(StateName, id, await ReadAsync(id));
        await WriteAsync(id, new() { Name = "new" });

        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync(StateName, id, old));

        Assert.Equal("new", (await ReadAsync(id)).State!.Name);
    }

    [Fact]
    public async Task Clear_WhenVersionFits_RemovesTheStateAndAllowsANewOne()
    {
        var id = NewId("clear");
        var state = await WriteAsync(id, new() { Name = "Ann" });

        await Storage.ClearStateAsync(StateName, id, state);

        Assert.Equal((false, null, ""), (state.RecordExists, state.ETag, state.State!.Name));
        var read = await ReadAsync(id);
        Assert.Equal((false, null, ""), (read.RecordExists, read.ETag, read.State!.Name));
        await WriteAsync(id, new() { Name = "Bob" });
        Assert.Equal("Bob", (await ReadAsync(id)).State!.Name);
    }

    [Fact]
    public async Task Clear_WhenVersionIsStale_IsInconsistentAndKeepsTheState()
    {
        var id = NewId("stale-clear");
        var stale = await WriteAsync(id, new() { Name = "Ann" });
        await Storage.WriteStateAsync(StateName, id, await ReadAsync(id));

        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.ClearStateAsync(StateName, id, stale));

        Assert.Equal("Ann", (await ReadAsync(id)).State!.Name);
    }

    [Fact]
    public async Task Clear_WhenNothingIsStored_DoesNothing()
    {
        var id = NewId("clear-missing");
        await Storage.ClearStateAsync(StateName, id, new GrainState<TestState>(new()));

        Assert.False((await ReadAsync(id)).RecordExists);
    }

    [Fact]
    public async Task Write_WhenStateHasManyMegabytes_CanBeReadBack()
    {
        var id = NewId("big");
        var items = Enumerable.Range(0, 200_000).Select(number => $"employee {number} Jörg 李").ToList();
        await WriteAsync(id, new() { Items = items });

        Assert.Equal(items, (await ReadAsync(id)).State!.Items);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("Ännä 李雷 🐘 \u202e rtl")]
    [InlineData("quote ' \" ; -- DROP TABLE grain_state \\ \u0000 \u0001 \n")]
    public async Task Write_WhenTextIsOdd_CanBeReadBackExactly(string text)
    {
        var id = NewId("text");
        await WriteAsync(id, new() { Name = text });

        Assert.Equal(text, (await ReadAsync(id)).State!.Name);
    }

    [Fact]
    public async Task Write_WhenKeysAreOdd_EachHasItsOwnState()
    {
        string[] keys =
        [
            "account/69147", "account/069147", "account/69147/user/7", "account/A", "account/a", "account/a ", "account/ä", "account/李",
            "account/'", "account/%", "account/_", "account/\\", "account/" + new string('x', 900), "0", "x",
        ];
        var prefix = fixture.NextName();
        foreach (var key in keys)
        {
            await WriteAsync(GrainId.Create("test", prefix + key), new() { Name = key });
        }

        foreach (var key in keys)
        {
            Assert.Equal(key, (await ReadAsync(GrainId.Create("test", prefix + key))).State!.Name);
        }
    }

    [Fact]
    public async Task Write_WhenTextAndNumberKeysLookAlike_EachHasItsOwnState()
    {
        // Both store the text "look-alike" and two zeros; only the hash tells them apart.
        var name = fixture.NextName();
        var text = GrainId.Create("test", name);
        var number = GrainId.Create("test", GrainIdKeyExtensions.CreateIntegerKey(0, name).ToString()!);
        await WriteAsync(text, new() { Name = "text" });
        await WriteAsync(number, new() { Name = "number" });

        Assert.Equal("text", (await ReadAsync(text)).State!.Name);
        Assert.Equal("number", (await ReadAsync(number)).State!.Name);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("0")]
    [InlineData("0123456789abcdef0123456789abcdef")]
    public async Task Write_WhenAnExtensionIsEmpty_ItIsNotTheStateWithoutOne(string key)
    {
        var stateName = fixture.NextName();
        var (without, empty) = (GrainId.Create("test", key), GrainId.Create("test", key + "+"));
        var (stateWithout, stateEmpty) = (new GrainState<TestState>(new() { Name = "without" }), new GrainState<TestState>(new() { Name = "empty" }));
        await Storage.WriteStateAsync(stateName, without, stateWithout);
        Assert.False((await ReadAsync(empty, stateName)).RecordExists);

        await Storage.WriteStateAsync(stateName, empty, stateEmpty);
        stateEmpty.State!.Number = 2;
        await Storage.WriteStateAsync(stateName, empty, stateEmpty);
        Assert.Equal(("without", 0), (await ReadAsync(without, stateName)).State is { } first ? (first.Name, first.Number) : default);
        Assert.Equal(("empty", 2), (await ReadAsync(empty, stateName)).State is { } second ? (second.Name, second.Number) : default);

        await Storage.ClearStateAsync(stateName, empty, stateEmpty);
        Assert.False((await ReadAsync(empty, stateName)).RecordExists);
        Assert.True((await ReadAsync(without, stateName)).RecordExists);
    }

    [Fact]
    public async Task Write_WhenKeysAreEmptyOrZero_EachHasItsOwnState()
    {
        // The four have no text and two zeros; only the hash tells them apart.
        var stateName = fixture.NextName();
        GrainId[] ids =
        [
            GrainId.Create("test", "0"), GrainId.Create("test", "0+"), GrainId.Create("test", new string('0', 32)), GrainId.Create("test", new string('0', 32) + "+"),
        ];
        foreach (var id in ids)
        {
            await Storage.WriteStateAsync(stateName, id, new GrainState<TestState>(new() { Name = id.ToString() }));
        }

        foreach (var id in ids)
        {
            Assert.Equal(id.ToString(), (await ReadAsync(id, stateName)).State!.Name);
        }
    }

    [Fact]
    public async Task Write_WhenStateNamesDiffer_EachHasItsOwnState()
    {
        var id = NewId("names");
        await WriteAsync(id, new() { Name = "one" });
        var other = new GrainState<TestState>(new() { Name = "two" });
        await Storage.WriteStateAsync("another", id, other);

        Assert.Equal("one", (await ReadAsync(id)).State!.Name);
    }

    [Theory]
    [InlineData("The grain's key", 2048, "")]
    [InlineData("The extension of the grain's key", 2048, "7+")]
    [InlineData("The extension of the grain's key", 2048, "0123456789abcdef0123456789abcdef+")]
    public async Task AnyCall_WhenAGrainsKeyIsTooLong_IsRefusedByNameAndStoresNothing(string part, int limit, string prefix)
    {
        // Two bytes each in UTF-8, so that counting characters would let twice as much through.
        var (longest, tooLong) = (GrainId.Create("test", prefix + new string('ä', limit / 2)), GrainId.Create("test", prefix + new string('ä', limit / 2) + "x"));
        var stateName = fixture.NextName();

        await RefusedAsync(Storage, stateName, tooLong, $"{part} is too long for the database: {limit + 1} bytes of UTF-8, and at most {limit} can be stored.");
        await WrittenAsync(stateName, longest);
    }

    [Fact]
    public async Task AnyCall_WhenAStateNameIsTooLong_IsRefusedByNameAndStoresNothing()
    {
        var longest = fixture.NextName().PadRight(256, 'x');

        await RefusedAsync(
            Storage, longest + "x", NewId("long"), "The state's name (the grain type) is too long for the database: 257 bytes of UTF-8, and at most 256 can be stored.");
        await WrittenAsync(longest, NewId("long"));
    }

    [Fact]
    public async Task AnyCall_WhenTheServiceIdIsTooLong_IsRefusedByNameAndStoresNothing()
    {
        var ofAnotherService = new WatchedGrainStorage(Storage, new DatabaseCondition(TimeProvider.System), new string('x', 257));

        await RefusedAsync(
            ofAnotherService, StateName, NewId("service"), "The service id is too long for the database: 257 bytes of UTF-8, and at most 256 can be stored.");
    }

    private async Task RefusedAsync(IGrainStorage storage, string stateName, GrainId id, string message)
    {
        var before = await fixture.CountRowsAsync("grain_state");
        foreach (var call in (Func<IGrainState<TestState>, Task>[])
            [
                state => storage.WriteStateAsync(stateName, id, state),
                state => storage.ReadStateAsync(stateName, id, state),
                state => storage.ClearStateAsync(stateName, id, state),
            ])
        {
            var state = new GrainState<TestState>(new());
            Assert.Equal(message, (await Assert.ThrowsAsync<ArgumentException>(() => call(state))).Message);
            Assert.Equal((false, null), (state.RecordExists, state.ETag));
        }

        Assert.Equal(before, await fixture.CountRowsAsync("grain_state"));
    }

    private async Task WrittenAsync(string stateName, GrainId id)
    {
        await Storage.WriteStateAsync(stateName, id, new GrainState<TestState>(new() { Name = "longest" }));
        Assert.Equal("longest", (await ReadAsync(id, stateName)).State!.Name);
    }

    private GrainId NewId(string key) => GrainId.Create("test", $"account/{fixture.NextName()}/{key}");

    private async Task<GrainState<TestState>> WriteAsync(GrainId id, TestState state)
    {
        var grainState = new GrainState<TestState>(state);
        await Storage.WriteStateAsync(StateName, id, grainState);
        return grainState;
    }

    private async Task<GrainState<TestState>> ReadAsync(GrainId id, string stateName = StateName)
    {
        var grainState = new GrainState<TestState>(new());
        await Storage.ReadStateAsync(stateName, id, grainState);
        return grainState;
    }

    private static async Task<bool> TryAsync(Func<Task> write)
    {
        try
        {
            await write();
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }
}
