using CsCheck;
using OrleansSync.Grains.Import;

namespace OrleansSync.Grains.Tests.Import;

public sealed class LastNameMarkTests
{
    private static readonly Gen<string> _names = Gen.Frequency(
        (3, Gen.String),
        (1, Gen.OneOf("Lee", "(bitrix24)", "(BITRIX24) Lee", " (Bitrix24)Lee ", "(bitrix24) (bitrix24) Lee", "bitrix24", "", " ")));

    [Theory]
    [Trait("Rule", "R4.1")]
    [InlineData("Lee", "(bitrix24) Lee")]
    [InlineData(" van der Berg ", "(bitrix24) van der Berg")]
    [InlineData("bitrix24 Lee", "(bitrix24) bitrix24 Lee")]
    [InlineData("Lee (bitrix24)", "(bitrix24) Lee (bitrix24)")]
    [InlineData("( bitrix24) Lee", "(bitrix24) ( bitrix24) Lee")]
    public void Apply_NameWithoutMark_PutsItInFront(string name, string expected) => Assert.Equal(expected, LastNameMark.Apply(name));

    [Theory]
    [Trait("Rule", "R4.3")]
    [InlineData("(bitrix24) Lee", "(bitrix24) Lee")]
    [InlineData("(BITRIX24) Lee", "(BITRIX24) Lee")]
    [InlineData("(BiTrIx24)Lee", "(BiTrIx24)Lee")]
    [InlineData("(bitrix24)", "(bitrix24)")]
    [InlineData("  (Bitrix24)   Lee\t", "(Bitrix24)   Lee")]
    public void Apply_NameWithMark_IsTrimmedOnly(string name, string expected) => Assert.Equal(expected, LastNameMark.Apply(name));

    [Theory]
    [Trait("Rule", "R4.3")]
    [InlineData("(BİTRİX24) Lee")]
    [InlineData("(bıtrıx24) Lee")]
    public void Apply_MarkWithTurkishLetters_IsNoMark(string name) => Assert.Equal("(bitrix24) " + name, LastNameMark.Apply(name));

    [Theory]
    [Trait("Rule", "R4.2")]
    [InlineData("Lee", "(bitrix24) Lee")]
    [InlineData("  Lee ", "(bitrix24) Lee")]
    [InlineData("(bitrix2) Lee", "(bitrix24) (bitrix2) Lee")]
    public void ForExisting_NameWithoutMark_MarksTheNameInCallGear(string name, string expected) =>
        Assert.Equal(expected, LastNameMark.ForExisting(name, "Other"));

    [Theory]
    [Trait("Rule", "R4.3")]
    [InlineData("(bitrix24) Lee")]
    [InlineData("(BITRIX24)Lee")]
    [InlineData(" (bitrix24) Lee ")]
    [InlineData("(bitrix24)")]
    public void ForExisting_NameWithMark_IsLeftAsItIs(string name) => Assert.Equal(name, LastNameMark.ForExisting(name, "Other"));

    [Theory]
    [Trait("Rule", "R4.4")]
    [InlineData(null, "Lee", "(bitrix24) Lee")]
    [InlineData("", " Lee ", "(bitrix24) Lee")]
    [InlineData(" \u00A0", "(BITRIX24) Lee", "(BITRIX24) Lee")]
    public void ForExisting_BlankName_UsesTheNameInBitrix24(string? name, string userName, string expected) =>
        Assert.Equal(expected, LastNameMark.ForExisting(name, userName));

    [Fact]
    [Trait("Rule", "R4.3")]
    public void Apply_AnyName_NeverPutsTheMarkTwice() => _names.Sample(name =>
    {
        var marked = LastNameMark.Apply(name);
        Assert.StartsWith("(bitrix24)", marked, StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith(name.Trim(), marked, StringComparison.Ordinal);
        Assert.Equal(marked.Trim(), LastNameMark.Apply(marked));
        Assert.Equal(marked, LastNameMark.ForExisting(marked, "Other"));
    });

    [Fact]
    [Trait("Rule", "R4.3")]
    public void ForExisting_AnyNames_GivesAMarkedNameThatStays() => Gen.Select(_names.Null(), _names).Sample((name, userName) =>
    {
        var marked = LastNameMark.ForExisting(name, userName);
        Assert.StartsWith("(bitrix24)", marked.TrimStart(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(marked, LastNameMark.ForExisting(marked, "Other"));
    });
}
