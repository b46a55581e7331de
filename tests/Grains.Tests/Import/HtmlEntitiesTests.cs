using OrleansSync.Grains.Import;

namespace OrleansSync.Grains.Tests.Import;

[Trait("Rule", "R2.2")]
public sealed class HtmlEntitiesTests
{
    // As HTML 5 defines them.
    private const string Ascii =
        "! excl # num $ dollar % percnt ( lpar ) rpar * ast * midast + plus , comma . period / sol : colon ; semi = equals ? quest "
        + "@ commat [ lsqb [ lbrack \\ bsol ] rsqb ] rbrack ^ Hat _ lowbar _ UnderBar "
        + "` grave { lcub { lbrace | verbar | vert | VerticalLine } rcub "
        + "} rbrace \u2010 hyphen \u2010 dash … hellip … mldr & amp < lt > gt é eacute";

    [Fact]
    public void Decode_ANameOfHtml5_GivesItsCharacter()
    {
        foreach (var pair in Ascii.Split(' ').Chunk(2))
        {
            Assert.Equal($"a{pair[0]}b", HtmlEntities.Decode($"a&{pair[1]};b"));
        }
    }

    [Theory]
    [InlineData("a&Tab;b", "a\tb")]
    [InlineData("a&NewLine;b", "a\nb")]
    [InlineData("a&NonBreakingSpace;b", "a\u00A0b")]
    [InlineData("a&ZeroWidthSpace;b", "a\u200Bb")]
    [InlineData("&#43;7&nbsp;495", "+7\u00A0495")]
    [InlineData("&#x2b;7", "+7")]
    [InlineData("r&amp;amp;d", "r&amp;d")]
    [InlineData("r & d; &nobody; &", "r & d; &nobody; &")]
    [InlineData("plain", "plain")]
    public void Decode_AText_OnceAndNothingElse(string text, string expected) => Assert.Equal(expected, HtmlEntities.Decode(text));
}
