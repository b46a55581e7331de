using OrleansSync.Grains.Import;

namespace OrleansSync.Grains.Tests.Import;

[Trait("Rule", "R2.5")]
public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("ann@acme.test", "ann@acme.test")]
    [InlineData("анна@пример.рф", "анна@пример.рф", "анна@xn--e1afmkfd.xn--p1ai")]
    [InlineData("анна@xn--e1afmkfd.xn--p1ai", "анна@xn--e1afmkfd.xn--p1ai", "анна@пример.рф")]
    [InlineData("почта", "почта")]
    [InlineData("a@пример..рф", "a@пример..рф")]
    public void Spellings_AreTheGivenOneAndThoseOfItsDomain(string address, params string[] expected) =>
        Assert.Equal(expected, EmailAddress.Spellings(address));

    [Theory]
    [InlineData("Acme.TEST", "Acme.TEST")]
    [InlineData("ПРИМЕР.рф", "xn--e1afmkfd.xn--p1ai")]
    [InlineData("пример..рф", "пример..рф")]
    [InlineData("", "")]
    public void InAscii_LeavesWhatIsAsciiOrCannotBePutSo(string domain, string expected) =>
        Assert.Equal(expected, EmailAddress.InAscii(domain));
}
