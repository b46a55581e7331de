using CsCheck;
using OrleansSync.Grains.Import;

namespace OrleansSync.Grains.Tests.Import;

[Trait("Rule", "R2.5")]
public sealed class EmailKeyTests
{
    [Theory]
    [InlineData("ann@acme.test", " ANN@ACME.TEST\t", true)]
    [InlineData("ann@acme.test", "an\u200Bn@acme.test", true)]
    [InlineData("ann@acme.test", "\uFEFFann@ac\u00ADme.te\u2060st\u200E", true)]
    [InlineData("ann@acme.test", "ann@acme.test\U000E0041", true)]
    [InlineData("ann@acme.test", "\u200B ann@acme.test \u200B", true)]
    [InlineData("ann@acme.test", "ann&commat;acme.test", true)]
    [InlineData("r&d@acme.test", "r&amp;d@acme.test", true)]
    [InlineData("ann@acme.test", "ann&ZeroWidthSpace;@acme.test", true)]
    [InlineData("анна@пример.рф", "Анна@xn--e1afmkfd.xn--p1ai", true)]
    [InlineData("анна@ПРИМЕР.РФ", "анна@XN--E1AFMKFD.xn--p1ai", true)]
    [InlineData("анна@пример。рф", "анна@пример.рф", true)]
    [InlineData("анна@при\u00ADмер.рф", "анна@xn--e1afmkfd.xn--p1ai", true)]
    [InlineData("a@b@пример.рф", "A@B@xn--e1afmkfd.xn--p1ai", true)]
    [InlineData("анна@пример.рф", "xn--80aaf@пример.рф", false)]
    [InlineData("a@пример..рф", "a@ПРИМЕР..РФ", true)]
    [InlineData("no address at all", "No Address At All", true)]
    [InlineData("ann@acme.test", "anne@acme.test", false)]
    [InlineData("ann@acme.test", "an n@acme.test", false)]
    [InlineData("ann@acme.test", "ann@acme.test.", false)]
    public void Of_TwoAddresses_AreOneByRule(string first, string second, bool expected)
    {
        Assert.Equal(expected, EmailKey.Of(first) == EmailKey.Of(second));
        Assert.Equal(expected, FieldText.EmailComparer.Equals(first, second));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    [InlineData("\u200B\uFEFF")]
    [InlineData("&shy;")]
    [InlineData(" \u200B \U000E0001")]
    public void Of_NothingThatCanBeSeen_IsBlank(string? text)
    {
        Assert.Null(EmailKey.Of(text));
        Assert.Null(EmailAddress.Of(text));
    }

    [Theory]
    [InlineData(" An\u200Bn@Пример.РФ ", "Ann@Пример.РФ")]
    [InlineData("r&amp;d@acme.test", "r&d@acme.test")]
    [InlineData("r&amp;amp;d@acme.test", "r&amp;d@acme.test")]
    public void Address_IsSentAsWrittenWithoutWhatNobodySees(string text, string expected) => Assert.Equal(expected, EmailAddress.Of(text));

    [Theory]
    [InlineData("Ann@acme.test", "Ann@acme.test")]
    [InlineData("ann@Пример.рф", "ann@Пример.рф ann@xn--e1afmkfd.xn--p1ai")]
    [InlineData("ann@xn--e1afmkfd.xn--p1ai", "ann@xn--e1afmkfd.xn--p1ai ann@пример.рф")]
    [InlineData("ann@пример..рф", "ann@пример..рф")]
    [InlineData("ann", "ann")]
    [InlineData("ann@", "ann@")]
    public void Spellings_Address_AreTheGivenAndTheOther(string address, string expected) =>
        Assert.Equal(expected.Split(' '), EmailAddress.Spellings(address));

    [Fact]
    public void Of_AnyText_ThrowsNeverAndStaysTheSame() =>
        Gen.OneOf(Gen.String, Gen.String["aЖ@.-xn\u200B\u00AD\u3002&;"]).Sample(text =>
        {
            var address = EmailAddress.Of(text);
            Assert.Equal(EmailKey.Of(text), EmailKey.Of(address));
            Assert.All(address is null ? [] : EmailAddress.Spellings(address), spelling => Assert.NotNull(EmailKey.Of(spelling)));
        });
}
