using Orleans.Storage;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Testing.Silos;

namespace OrleansSync.Storage.Tests;

/// <summary>Which keys are which rows, and which are refused.</summary>
public abstract partial class GrainStorageConformance
{
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
        var (stateWithout, stateEmpty) =
            (new GrainState<TestState>(new() { Name = "without" }), new GrainState<TestState>(new() { Name = "empty" }));
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
            GrainId.Create("test", "0"), GrainId.Create("test", "0+"), GrainId.Create("test", new string('0', 32)),
            GrainId.Create("test", new string('0', 32) + "+"),
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
        var (longest, tooLong) = (GrainId.Create("test", prefix + new string('ä', limit / 2)), GrainId.Create(
            "test", prefix + new string('ä', limit / 2) + "x"));
        var stateName = fixture.NextName();

        await RefusedAsync(
            Storage,
            stateName,
            tooLong,
            $"{part} is too long for the database: {limit + 1} bytes of UTF-8, and at most {limit} can be stored.");
        await WrittenAsync(stateName, longest);
    }

    [Fact]
    public async Task AnyCall_WhenAStateNameIsTooLong_IsRefusedByNameAndStoresNothing()
    {
        var longest = fixture.NextName().PadRight(256, 'x');

        await RefusedAsync(
            Storage,
            longest + "x",
            NewId("long"),
            "The state's name (the grain type) is too long for the database: 257 bytes of UTF-8, and at most 256 can be stored.");
        await WrittenAsync(longest, NewId("long"));
    }

    [Fact]
    public async Task AnyCall_WhenTheServiceIdIsTooLong_IsRefusedByNameAndStoresNothing()
    {
        var ofAnotherService = new WatchedGrainStorage(Storage, new DatabaseCondition(TimeProvider.System), new string('x', 257));

        await RefusedAsync(
            ofAnotherService,
            StateName,
            NewId("service"),
            "The service id is too long for the database: 257 bytes of UTF-8, and at most 256 can be stored.");
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
}
