using System.Text;
using System.Text.Json;
using CsCheck;

namespace OrleansSync.Vendors.Http.Tests;

/// <summary>R8.5: a text that no database takes is the matter of the one who has it.</summary>
[Trait("Rule", "R8.5")]
public sealed class JsonTextTests
{
    [Theory]
    [InlineData("Lee", "Lee")]
    [InlineData(@"Lee \ud83c\udf37", "Lee 🌷")]
    [InlineData(@"Lee \ud83d", "Lee \uFFFD")]
    [InlineData(@"\uDF37Lee", "\uFFFDLee")]
    [InlineData(@"\udf37\ud83c", "\uFFFD\uFFFD")]
    [InlineData(@"\ud83c\ud83c\udf37", "\uFFFD🌷")]
    [InlineData(@"\ud83d\u0041\n\""", "\uFFFDA\n\"")]
    [InlineData(@"\\ud83d \ud83d", @"\ud83d " + "\uFFFD")]
    [InlineData(@"\\\ud83d", "\\\uFFFD")]
    [InlineData(@"\ud83d é 🌷 \/", "\uFFFD é 🌷 /")]
    [InlineData(@"a\u0000b", "a\uFFFDb")]
    [InlineData(@"\u0000\ud83d", "\uFFFD\uFFFD")]
    public void Of_TextOfJson_HasNothingThatADatabaseRefuses(string json, string expected) => Assert.Equal(expected, Read(json));

    [Fact]
    public void Of_AnyCharacters_AreReadOrReplaced() => Gen.Char.Array[0, 20].Sample(characters =>
    {
        var json = string.Concat(characters.Select(character => $"\\u{(int)character:X4}"));

        Assert.Equal(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(characters)).Replace('\0', '\uFFFD'), Read(json));
    });

    [Fact]
    public void Of_NoText_Throws()
    {
        using var document = JsonDocument.Parse("7");

        Assert.Throws<InvalidOperationException>(() => JsonText.Of(document.RootElement));
    }

    private static string Read(string json)
    {
        using var document = JsonDocument.Parse($"\"{json}\"");
        return JsonText.Of(document.RootElement);
    }
}
