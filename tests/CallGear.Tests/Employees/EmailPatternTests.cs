using System.Text.RegularExpressions;
using CsCheck;
using OrleansSync.CallGear.Employees;

namespace OrleansSync.CallGear.Tests.Employees;

public sealed class EmailPatternTests
{
    [Theory]
    [InlineData("a1@x.io", @"^~(a|A)~1~@~(x|X)~\.~(i|I)~(o|O)~$")]
    [InlineData("o'b+c_d@é.x", @"^~(o|O)~'~(b|B)~\+~(c|C)~_~(d|D)~@~(é|É)~\.~(x|X)~$")]
    [InlineData("[^$*]{}()?|\\", @"^~\[~\^~\$~\*~\]~\{~\}~\(~\)~\?~\|~\\~$")]
    [InlineData("r&d", "^~(r|R)~&(amp;)?~(d|D)~$")]
    public void For_Address_IsPlainPosix(string address, string pattern) =>
        Assert.Equal(pattern.Replace("~", "[^!-~]*", StringComparison.Ordinal), EmailPattern.For([address]));

    [Fact]
    [Trait("Rule", "R2.5")]
    public void For_TwoSpellings_MatchesEitherWithWhatNobodySees()
    {
        var pattern = new Regex(
            EmailPattern.For(["ann@пример.рф", "ann@xn--e1afmkfd.xn--p1ai"]), RegexOptions.None, TimeSpan.FromSeconds(10));

        Assert.Matches(pattern, "Ann@Пример.рф");
        Assert.Matches(pattern, "\u200Ba\u00ADnn@XN--e1afmkfd.xn--p1ai\uFEFF");
        Assert.Matches(pattern, "\U000E0041\u00A0ann@пример.рф\t");
        Assert.DoesNotMatch(pattern, "joann@пример.рф");
        Assert.DoesNotMatch(pattern, "ann@example.com");
    }

    /// <summary>R3.2: trimmed, without regard to case, and nothing else.</summary>
    [Fact]
    public void For_AnyAddress_MatchesItInEveryCaseAndNoOther() =>
        Gen.Select(Gen.String[Gen.Char["abXYZ09.+-_'@*?[]()|^$\\{}éЖ"], 1, 12], Gen.String[Gen.Char["abX.@"], 0, 3])
            .Sample((address, more) =>
            {
                var pattern = new Regex(EmailPattern.For([address]), RegexOptions.None, TimeSpan.FromSeconds(10));

                Assert.Matches(pattern, address.ToUpperInvariant());
                Assert.Matches(pattern, $" {address.ToLowerInvariant()}  ");
                Assert.Equal(more.Length == 0, pattern.IsMatch(address + more));
                Assert.Equal(more.Length == 0, pattern.IsMatch(more + address));
            });
}
