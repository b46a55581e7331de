using System.Globalization;
using System.Text;
using CsCheck;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Tests.Import;

public sealed class PhoneNumbersTests
{
    private static readonly Gen<string?> _phones = Gen.Frequency(
        (2, Gen.String),
        (3, Gen.OneOf("+1 (2)", "12", "１２", "٣٤", "3-4", "\U0001D7CF", "none", "", " "))).Null();

    [Theory]
    [Trait("Rule", "R5.3")]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData(" \t", "")]
    [InlineData("none", "")]
    [InlineData("+", "")]
    [InlineData("+7 (495) 123-45-67", "74951234567")]
    [InlineData("007", "007")]
    [InlineData("8 800 ext. 12", "880012")]
    [InlineData("٠١٢٣٤٥٦٧٨٩", "0123456789")]
    [InlineData("۹۸", "98")]
    [InlineData("１２３", "123")]
    [InlineData("\U0001D7CE\U0001D7D7", "09")]
    [InlineData("\U000104A1+\U0001E955", "15")]
    [InlineData("²½Ⅷ①", "")]
    [InlineData("\uD835x1\uDFCE", "1")]
    public void Digits_Text_KeepsDecimalDigitsOfEveryScript(string? text, string expected) =>
        Assert.Equal(expected, PhoneNumbers.Digits(text));

    [Fact]
    [Trait("Rule", "R5.3")]
    public void Digits_EveryUnicodeCharacter_GivesItsDecimalValueOrNothing()
    {
        for (var value = 0; value <= 0x10FFFF; value++)
        {
            if (Rune.TryCreate(value, out var rune))
            {
                var expected = CharUnicodeInfo.GetDecimalDigitValue(rune.ToString(), 0) is >= 0 and var digit
                    && Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber
                    ? digit.ToString(CultureInfo.InvariantCulture)
                    : string.Empty;
                var actual = PhoneNumbers.Digits(rune.ToString());
                Assert.True(expected == actual, $"U+{value:X4}: expected '{expected}', got '{actual}'");
            }
        }
    }

    [Fact]
    [Trait("Rule", "R5.3")]
    public void Digits_AnyText_AreAsciiDigitsAndStayTheSame() => _phones.Sample(text =>
    {
        var digits = PhoneNumbers.Digits(text);
        Assert.All(digits, digit => Assert.True(char.IsAsciiDigit(digit)));
        Assert.Equal(digits, PhoneNumbers.Digits(digits));
    });

    [Theory]
    [Trait("Rule", "R5.2")]
    [InlineData("1", "2", "3", "1")]
    [InlineData(null, "2", "3", "2")]
    [InlineData(" ", "n/a", "3", "3")]
    [InlineData("", "2", null, "2")]
    [InlineData("+", "-", "٣", "3")]
    [InlineData("84951234567, 89165551122", "2", "3", "84951234567")]
    [InlineData("7,91612E+10", "89165551122 доб. 3", "3", "89165551122")]
    public void Of_FirstNumber_IsWorkThenMobileThenLandline(string? work, string? mobile, string? landline, string expected) =>
        Assert.Equal([expected], PhoneNumbers.Of(User(work, mobile, landline), PhoneNumberChoice.First));

    [Theory]
    [Trait("Rule", "R5.2")]
    [InlineData("3", "2", "1", "3,2,1")]
    [InlineData("+1-2", "12", "１２", "12")]
    [InlineData("1", "2", "1", "1,2")]
    [InlineData(null, "2", "1", "2,1")]
    [InlineData("none", " ", "1", "1")]
    [InlineData("01", "1", "001", "01,1,001")]
    [InlineData("84951234567 / 89165551122", "7 (495) 123-45-68 доб. 1", "8 916 555-11-22", "84951234567,89165551122,74951234568")]
    [InlineData("7,91612E+10", "12345; 67890", null, "12345,67890")]
    public void Of_AllNumbers_AreTheDistinctOnesInDiallingOrder(string? work, string? mobile, string? landline, string expected) =>
        Assert.Equal(expected.Split(','), PhoneNumbers.Of(User(work, mobile, landline), PhoneNumberChoice.All));

    [Theory]
    [Trait("Rule", "R5.3")]
    [InlineData(null, null, null)]
    [InlineData("", " ", "none")]
    public void Of_NoDigitAnywhere_IsEmpty(string? work, string? mobile, string? landline)
    {
        Assert.Empty(PhoneNumbers.Of(User(work, mobile, landline), PhoneNumberChoice.First));
        Assert.Empty(PhoneNumbers.Of(User(work, mobile, landline), PhoneNumberChoice.All));
    }

    [Fact]
    [Trait("Rule", "R5.2")]
    public void Of_AnyUser_GivesTheFirstOfAllOrNothing() => Gen.Select(_phones, _phones, _phones).Sample((work, mobile, landline) =>
    {
        var user = User(work, mobile, landline);
        var all = PhoneNumbers.Of(user, PhoneNumberChoice.All);
        Assert.Equal(all.Take(1), PhoneNumbers.Of(user, PhoneNumberChoice.First));
        Assert.Equal(all.Distinct(StringComparer.Ordinal), all);
        Assert.Equal(
            new[] { work, mobile, landline }.SelectMany(field => PhoneField.Numbers(field)).ToHashSet(),
            all.ToHashSet());
    });

    private static PortalUser User(string? work, string? mobile, string? landline) =>
        new() { Id = 1, WorkPhone = work, PersonalMobile = mobile, PersonalPhone = landline };
}
