using Orleans.Storage;
using OrleansSync.Testing.Silos;

namespace OrleansSync.Storage.Tests;

/// <summary>What any engine's grain storage must do, through Orleans' own provider and the silo's own wiring.</summary>
public abstract partial class GrainStorageConformance(StorageFixture fixture)
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
        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(number => Task.Run(() => TryAsync(() => WriteAsync(id, new() { Number = number })))));

        Assert.Equal(1, outcomes.Count(succeeded => succeeded));
        Assert.True((await ReadAsync(id)).RecordExists);
    }

    [Fact]
    public async Task Write_WhenLaterWritesRace_OneWinsAndTheOthersAreInconsistent()
    {
        var id = NewId("later-race");
        await WriteAsync(id, new());
        var readers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => ReadAsync(id)));

        var outcomes = await Task.WhenAll(
            readers.Select(state => Task.Run(() => TryAsync(() => Storage.WriteStateAsync(StateName, id, state)))));

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
