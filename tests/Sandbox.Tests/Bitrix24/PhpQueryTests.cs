using System.Text.Json.Nodes;
using CsCheck;
using OrleansSync.Sandbox.Bitrix24;

namespace OrleansSync.Sandbox.Tests.Bitrix24;

public sealed class PhpQueryTests
{
    [Theory]
    [InlineData("", "{}")]
    [InlineData("a=1&b=x+y%26", """{"a":"1","b":"x y&"}""")]
    [InlineData("a", """{"a":""}""")]
    [InlineData("a[]=1&a[]=2", """{"a":{"0":"1","1":"2"}}""")]
    [InlineData("FILTER%5B%3EID%5D=5&FILTER[@ID][]=7", """{"FILTER":{">ID":"5","@ID":{"0":"7"}}}""")]
    [InlineData("a[b][c]=1&a[b][d]=2", """{"a":{"b":{"c":"1","d":"2"}}}""")]
    [InlineData("a=1&a=2", """{"a":"2"}""")]
    public void Parse_Query_GivesTheTreeThatPhpGives(string query, string expected) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), PhpQuery.Parse(query)), PhpQuery.Parse(query).ToJsonString());

    [Fact]
    public void Format_AnyText_IsReadBackAsItWas() =>
        Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 1, 8], Gen.String).Sample((name, value) =>
        {
            var text = value.Any(char.IsSurrogate) ? "" : value;
            return PhpQuery.Parse(PhpQuery.Format([($"data[{name}]", text)]))["data"]![name]!.GetValue<string>() == text;
        });
}
