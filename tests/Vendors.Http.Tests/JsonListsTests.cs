using System.Text;
using System.Text.Json;
using CsCheck;

namespace OrleansSync.Vendors.Http.Tests;

public sealed class JsonListsTests
{
    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };

    [Fact]
    public void TakeFrom_ListsInTheNamedObject_AreReadAndLeftEmpty()
    {
        var (lists, rest) = Take("""{"a":[1],"result":{"a":[1,2],"b":{"c":[3]},"d":[ ]},"x":null}""", name: null);

        Assert.Equal([1L, 2L], lists.Of("a")!);
        Assert.Equal([], lists.Of("d")!);
        Assert.Null(lists.Of("b"));
        Assert.Equal("""{"a":[1],"result":{"a":[],"b":{"c":[3]},"d":[]},"x":null}""", rest);
    }

    [Fact]
    public void TakeFrom_OneNamedList_LeavesTheOthers()
    {
        var (lists, rest) = Take("""{"result":{"other":[1],"data":[2]}}""", name: "data");

        Assert.Equal([2L], lists.Of("data")!);
        Assert.Null(lists.Of("other"));
        Assert.Equal("""{"result":{"other":[1],"data":[]}}""", rest);
    }

    [Fact]
    public void TakeFrom_MemberNamedWithEscapes_IsThatMember() =>
        Assert.Equal([2L], Take("""{"res\u0075lt":{"d\u0061ta":[2]}}""", name: "data").Lists.Of("data")!);

    [Theory]
    [InlineData("7")]
    [InlineData("[1,2]")]
    [InlineData("""{"result":[1,2]}""")]
    [InlineData("""{"result":{"data":{"0":1}}}""")]
    [InlineData("""{"other":{"data":[1]}}""")]
    public void TakeFrom_NoListThere_LeavesTheBody(string body) => Assert.Equal(body, Take(body, name: null).Left);

    [Theory]
    [InlineData("")]
    [InlineData("""{"result":{"data":[1""")]
    [InlineData("""{"result":{"data":[1,]}}""")]
    [InlineData("""{"result":{"data":[1 2]}}""")]
    public void TakeFrom_BrokenInAList_IsRefused(string body) => Assert.ThrowsAny<JsonException>(() => Take(body, name: null));

    // What is broken or said twice outside of the lists is in what is left, and is refused there.
    [Theory]
    [InlineData("""{"result":{"data":[1]}}}""")]
    [InlineData("""{"result":{"data":[1],"data":[2]}}""")]
    [InlineData("""{"result":{"data":[1]},"result":{"data":[2]}}""")]
    public void TakeFrom_BrokenOutsideOfLists_IsRefusedWithTheRest(string body) =>
        Assert.ThrowsAny<JsonException>(() => StrictJson.Parse(Encoding.UTF8.GetBytes(Take(body, name: null).Left)));

    [Fact]
    public void TakeFrom_BytesThatAreNoText_AreRefused()
    {
        var lists = new JsonLists<long>(["result"], name: null, ReadNumber);

        Assert.Throws<JsonException>(() => lists.TakeFrom(new byte[] { (byte)'"', 0xC3, (byte)'"' }));
    }

    /// <summary>Whatever a body has around its list, the list and the rest are what a document of everything says.</summary>
    [Fact]
    public void TakeFrom_AnyBody_IsWhatADocumentSays() =>
        Gen.Select(Gen.Long.Array[0, 20], Gen.String[Gen.Char.AlphaNumeric, 0, 5].Array[0, 4], Gen.Bool).Sample((items, names, indented) =>
        {
            var around = names.Where(static name => name != "data").Distinct().ToDictionary(Itself, static name => name.Length);
            var result = around.ToDictionary(static pair => pair.Key, static pair => (object)pair.Value);
            result["data"] = items;
            var body = JsonSerializer.Serialize(new { result, around }, indented ? _indented : null);

            var (lists, rest) = Take(body, name: "data");

            Assert.Equal(items, lists.Of("data")!);
            result["data"] = Array.Empty<long>();
            Assert.True(JsonElement.DeepEquals(JsonSerializer.SerializeToElement(new { result, around }), JsonElement.Parse(rest)));
        });

    private static string Itself(string name) => name;

    private static (JsonLists<long> Lists, string Left) Take(string body, string? name)
    {
        var lists = new JsonLists<long>(["result"], name, ReadNumber);
        return (lists, Encoding.UTF8.GetString(lists.TakeFrom(Encoding.UTF8.GetBytes(body)).Span));
    }

    private static long ReadNumber(ref Utf8JsonReader reader) => reader.GetInt64();
}
