using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansSync.Grains.Storage;

namespace OrleansSync.Grains.Tests.Storage;

/// <summary>The formats of stored states, as files: a release must read what every release before it wrote.</summary>
public sealed class StateFormatTests
{
    private static readonly string _directory = Path.Combine(AppContext.BaseDirectory, "Storage", "States");

    public static TheoryData<string> Names => [.. StateSamples.All.Keys];

    public static TheoryData<string> Files => [.. System.IO.Directory.GetFiles(_directory, "*.json", SearchOption.AllDirectories).Select(
        file => Path.GetRelativePath(_directory, file))];

    [Theory]
    [MemberData(nameof(Names))]
    public void State_Written_HasTheFormatOfThisRelease(string name)
    {
        var written = JsonSerializer.SerializeToNode(StateSamples.All[name], StateSamples.All[name].GetType(), GrainStateJson.Options)!;

        var file = NewestOf(name);
        Assert.True(file is not null, $"No file of {name}. This release writes:\n{written}");
        Assert.Equal(JsonNode.Parse(File.ReadAllText(file))!.ToJsonString(), written.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void State_OfAnyRelease_IsReadWithNothingLost(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        var stored = JsonNode.Parse(File.ReadAllText(Path.Combine(_directory, file)))!;
        var type = StateSamples.All[name].GetType();

        var read = stored.Deserialize(type, GrainStateJson.Options);

        Assert.Equal(stored.ToJsonString(), JsonSerializer.SerializeToNode(read, type, GrainStateJson.Options)!.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void State_WithMembersOfALaterRelease_IsRead(string name)
    {
        var type = StateSamples.All[name].GetType();
        var stored = JsonSerializer.SerializeToNode(StateSamples.All[name], type, GrainStateJson.Options)!.AsObject();
        stored["aMemberOfALaterRelease"] = new JsonObject { ["a"] = 1 };

        Assert.NotNull(stored.Deserialize(type, GrainStateJson.Options));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void State_ThatIsEmpty_IsRead(string name) =>
        Assert.NotNull(JsonSerializer.Deserialize("{}", StateSamples.All[name].GetType(), GrainStateJson.Options));

    // A release has files of those states alone whose format it changed.
    private static string? NewestOf(string name) => System.IO.Directory.GetDirectories(_directory)
        .OrderByDescending(release => Version.Parse(Path.GetFileName(release)))
        .Select(release => Path.Combine(release, name + ".json"))
        .FirstOrDefault(File.Exists);
}
