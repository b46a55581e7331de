using CsCheck;
using OrleansSync.Grains.Import;

namespace OrleansSync.Grains.Tests.Import;

[Trait("Rule", "R2.2")]
public sealed class FieldTextTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\t\r\n")]
    [InlineData("\u00A0")]
    [InlineData("\u2003\u3000")]
    public void Trimmed_BlankText_IsNull(string? text) => Assert.Null(FieldText.Trimmed(text));

    [Theory]
    [InlineData("Lee", "Lee")]
    [InlineData(" Lee ", "Lee")]
    [InlineData("\u00A0van der Berg\t", "van der Berg")]
    [InlineData("0", "0")]
    public void Trimmed_Text_LosesWhiteSpaceAroundItOnly(string text, string expected) => Assert.Equal(expected, FieldText.Trimmed(text));

    [Fact]
    public void Trimmed_AnyText_IsNullOrHasNoWhiteSpaceAtItsEnds() => Gen.String.Sample(text =>
    {
        var trimmed = FieldText.Trimmed(text);
        Assert.Equal(string.IsNullOrWhiteSpace(text), trimmed is null);
        Assert.False(trimmed is not null && (char.IsWhiteSpace(trimmed[0]) || char.IsWhiteSpace(trimmed[^1])));
        Assert.Equal(trimmed, FieldText.Trimmed(trimmed));
    });

    [Theory]
    [InlineData("R&amp;D", "R&D")]
    [InlineData("&nbsp;O&#039;Neill&nbsp;", "O'Neill")]
    [InlineData("&quot;Ann&quot; &lt;3", "\"Ann\" <3")]
    [InlineData("A &amp;amp; B", "A &amp; B")]
    [InlineData("A & B; &unknown; &#xD83D; &#0;", "A & B; &unknown; &#xD83D; \uFFFD")]
    [InlineData("&#128512;", "\U0001F600")]
    [InlineData("\u200B", "\u200B")]
    [InlineData("&nbsp; &Tab;", null)]
    [InlineData(null, null)]
    public void Typed_HtmlEntities_AreDecodedOnce(string? text, string? expected) => Assert.Equal(expected, FieldText.Typed(text));

    [Theory]
    [Trait("Rule", "R3.2")]
    [InlineData("Ann@Acme.Test", "ANN@ACME.TEST", true)]
    [InlineData("éva@acme.test", "ÉVA@acme.test", true)]
    [InlineData("ann@acme.test", "anne@acme.test", false)]
    [InlineData("ann@acme.test", "ann@acme.test ", true)]
    [InlineData("I@acme.test", "i@acme.test", true)]
    [InlineData("İ@acme.test", "i@acme.test", false)]
    [InlineData("ı@acme.test", "I@acme.test", false)]
    [InlineData("straße@acme.test", "strasse@acme.test", false)]
    public void EmailComparer_TwoAddresses_IgnoresCaseByNoLanguage(string first, string second, bool expected) =>
        Assert.Equal(expected, FieldText.EmailComparer.Equals(first, second));
}
