using CsCheck;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Tests;

/// <summary>A name turns nothing round but itself. FSI is U+2068, PDI U+2069, RLO U+202E.</summary>
public sealed class QuotedTextTests
{
    private const string Marks = "\u061C\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069";

    [Theory]
    [InlineData("Ann Lee")]
    [InlineData("Иван Петров")]
    [InlineData("李 🌷 👩‍💻")]
    [InlineData("Ann\nLee")]
    [InlineData("")]
    public void Of_TextFromLeftToRight_StaysAsItIs(string text) => Assert.Same(text, QuotedText.Of(text));

    [Theory]
    [InlineData("\u202Eeel", "\u2068\u202Eeel\u2069")]
    [InlineData("משה", "\u2068משה\u2069")]
    [InlineData("محمد", "\u2068محمد\u2069")]
    [InlineData("\U0001E900", "\u2068\U0001E900\u2069")]
    [InlineData("a\u2069\u202Eb", "\u2068a\u202Eb\u2069")]
    [InlineData("a\u2067b", "\u2068a\u2067b\u2069\u2069")]
    [InlineData("a\u2067b\u2069c", "\u2068a\u2067b\u2069c\u2069")]
    [InlineData("a\u2069\u2069\u2068", "\u2068a\u2068\u2069\u2069")]
    [InlineData("a\n\u202Eb\u2029c\u0085d", "\u2068a \u202Eb c d\u2069")]
    public void Of_TextThatTurns_IsIsolatedAndClosed(string text, string expected) => Assert.Equal(expected, QuotedText.Of(text));

    [Fact]
    public void Of_AnyText_ClosesWhatItOpensAndNothingElse() => Gen.String["ab א\n\u2029" + Marks].Sample(text =>
    {
        var depth = 0;
        foreach (var character in QuotedText.Of(text))
        {
            depth += character is >= '\u2066' and <= '\u2068' ? 1 : character == '\u2069' ? -1 : 0;
            Assert.True(depth > 0 || character is not (>= '\u202A' and <= '\u202E'));
            Assert.True(depth >= 0);
        }

        Assert.Equal(0, depth);
        Assert.Equal(text.Any(Marks.Contains), QuotedText.HasDirectionMarks(text));
    });
}
