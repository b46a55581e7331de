using System.Text.RegularExpressions;
using CsCheck;
using OrleansSync.CallGear.Employees;

namespace OrleansSync.CallGear.Tests.Employees;

public sealed class EmailPatternTests
{
    [Theory]
    [InlineData("a1@x.io", @"^ *(a|A)1@(x|X)\.(i|I)(o|O) *$")]
    [InlineData("o'b+c_d@é.x", @"^ *(o|O)'(b|B)\+(c|C)_(d|D)@(é|É)\.(x|X) *$")]
    [InlineData("[^$*]{}()?|\\", @"^ *\[\^\$\*\]\{\}\(\)\?\|\\ *$")]
    public void For_Address_IsPlainPosix(string address, string pattern) => Assert.Equal(pattern, EmailPattern.For(address));

    /// <summary>R3.2: trimmed, without regard to case, and nothing else.</summary>
    [Fact]
    public void For_AnyAddress_MatchesItInEveryCaseAndNoOther() =>
        Gen.Select(Gen.String[Gen.Char["abXYZ09.+-_'@*?[]()|^$\\{}éЖ"], 1, 12], Gen.String[Gen.Char["abX.@"], 0, 3])
            .Sample((address, more) =>
            {
                var pattern = new Regex(EmailPattern.For(address), RegexOptions.None, TimeSpan.FromSeconds(10));

                Assert.Matches(pattern, address.ToUpperInvariant());
                Assert.Matches(pattern, $" {address.ToLowerInvariant()}  ");
                Assert.Equal(more.Length == 0, pattern.IsMatch(address + more));
                Assert.Equal(more.Length == 0, pattern.IsMatch(more + address));
            });
}
