using CsCheck;
using OrleansSync.Grains.Import;

namespace OrleansSync.Grains.Tests.Import;

[Trait("Rule", "R5.3a")]
public sealed class PhoneFieldTests
{
    private static readonly Gen<string> _digits = Gen.Char['0', '9'].Array[7, 15].Select(digits => new string(digits));

    private static readonly Gen<string> _extension = Gen.OneOf(
        " ext. ", "ext", " EXT:", "ext.", " extension ", "x", " x ", " X.", " доб. ", " дoб ", "доб", " ДОБ.", ", доб. ", " (доб. ",
        "; добавочный ", " вн. ", " вн ", " внутр. ", " внутренний ", "#", " # ", " #", ";ext=",
        "...", "…", " … ", ",,", ", , ", "p", "w", " p ", ";isub=",
        " int. ", " дод. ", " Nebenstelle ", " доп. ", " х ", "\nдоб. ", " / доб. ", "-доб.", " № ", "*");

    private static readonly Gen<string> _separator = Gen.OneOf(
        ",", ", ", ";", "; ", "/", " / ", "|", " | ", "\n", "\r\n", "\u2028", " or ", " OR ", " или ", " Или ", "，", "、", ",\n",
        "<br>", "<br />", " +");

    [Theory]
    [InlineData("+7 (495) 514-05-78 доб. 2345", "74955140578")]
    [InlineData("8 495 123-45-67, 8 916 555-11-22", "84951234567 89165551122")]
    [InlineData("+7 (495) 514-05-78 добавочный 2345", "74955140578")]
    [InlineData("+1 (212) 555-0199 ext. 12", "12125550199")]
    [InlineData("tel:+1-212-555-0199;ext=12", "12125550199")]
    [InlineData("tel:+1-212-555-0199;phone-context=+1", "12125550199")]
    [InlineData("12125550199,,12#", "12125550199")]
    [InlineData("12125550199p12", "12125550199")]
    [InlineData("12345x678", "12345")]
    [InlineData("12345X678", "12345")]
    [InlineData("1234x678", "1234678")]
    [InlineData("8 800 ext. 12", "880012")]
    [InlineData("вн. 84951234567", "84951234567")]
    [InlineData("ext 12 84951234567", "1284951234567")]
    [InlineData("8 495 123-45-67 доб. 12, 8 916 555-11-22 доб. 13", "84951234567 89165551122")]
    [InlineData("8 495 123-45-67 доб. 101, 102, 103", "84951234567")]
    [InlineData("8 495 123-45-67, доб. 12345", "84951234567")]
    [InlineData("8 495 123-45-67, 12, 8 916 555-11-22", "84951234567 89165551122")]
    [InlineData("(495) 123-45-67/68", "495123456768")]
    [InlineData("0711/123456", "0711123456")]
    [InlineData("8 495 123-45-67; 0711/123456", "84951234567 0711123456")]
    [InlineData("8 495 123-45-67 доб. 12; 0711/123456", "84951234567 0711123456")]
    [InlineData("1234, 84951234567", "123484951234567")]
    [InlineData("84951234567, 1234", "849512345671234")]
    [InlineData("84951234567, 12345", "84951234567 12345")]
    [InlineData("84951234567, 84951234567", "84951234567 84951234567")]
    [InlineData("84951234567 доб. 12, 12345", "84951234567 12345")]
    [InlineData("84951234567 доб. 12, 1234", "84951234567")]
    [InlineData("84951234567, 12 доб. 345", "84951234567")]
    [InlineData("8.495.123.45.67", "84951234567")]
    [InlineData("8-495-123-45-67", "84951234567")]
    [InlineData("+7 495 123 45 67 (Max)", "74951234567")]
    [InlineData("８４９５１２３４５６７ доб. ２３", "84951234567")]
    [InlineData("٨٤٩٥١٢٣٤٥٦٧، ٨٩١٦٥٥٥١١٢٢", "84951234567 89165551122")]
    [InlineData("84951234567²", "84951234567")]
    [InlineData("\u202A+7 495 123-45-67\u202C", "74951234567")]
    [InlineData("84951234567 до\u200Bб. 12", "84951234567")]
    public void Numbers_Field_EndAtExtensionsAndSeparators(string field, string expected) =>
        Assert.Equal(expected.Split(' '), PhoneField.Numbers(field));

    [Theory]
    [InlineData("&#43;7&nbsp;495&nbsp;123-45-67", "74951234567")]
    [InlineData("&plus;7&lpar;495&rpar;1234567", "74951234567")]
    [InlineData("84951234567&semi;ext&equals;12", "84951234567")]
    [InlineData("84951234567&#44;&#x20;89165551122", "84951234567 89165551122")]
    [InlineData("84951234567&lt;br&gt;89165551122", "84951234567 89165551122")]
    [InlineData("84951234567&hellip;12", "84951234567")]
    [InlineData("&#55;4951234567", "74951234567")]
    public void Numbers_HtmlEntities_AreDecodedFirst(string field, string expected) =>
        Assert.Equal(expected.Split(' '), PhoneField.Numbers(field));

    [Theory]
    [InlineData("7,91612E+10", null)]
    [InlineData("7.91612E10", null)]
    [InlineData("7,91612Е+10", null)]
    [InlineData(" 7,91612е+10 ", null)]
    [InlineData("7E+10", null)]
    [InlineData("моб. 7,91612E+10", null)]
    [InlineData("7,9161234567E+10", "79161234567")]
    [InlineData("7.9161234567E10", "79161234567")]
    [InlineData("7,916123456789E+10", "79161234567")]
    [InlineData("٧٫٩١٦١٢E+10", null)]
    [InlineData("7,9161234567E-10", null)]
    [InlineData("79161234567E+0", "79161234567")]
    [InlineData("7,91612E+10, 8 495 123-45-67", "84951234567")]
    [InlineData("8 495 123-45-67; 7,91612E+10", "84951234567")]
    [InlineData("79161,23456E+5", "7916123456")]
    public void Numbers_ScientificNotation_IsBlankUnlessEveryDigitIsThere(string field, string? expected) =>
        Assert.Equal(expected is null ? [] : [expected], PhoneField.Numbers(field));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("none")]
    [InlineData("&nbsp;")]
    [InlineData("ext. , #")]
    public void Numbers_NoDigit_AreNone(string? field) => Assert.Empty(PhoneField.Numbers(field));

    [Fact]
    public void Numbers_AnyNumberWithAnyExtension_IsTheNumber() => Gen.Select(_digits, _extension, Gen.Int[0, 99999]).Sample(
        (number, marker, extension) => Assert.Equal([number], PhoneField.Numbers($"{Typed(number)}{marker}{extension}")));

    [Fact]
    public void Numbers_AnyTwoWithAnySeparator_AreBoth() => Gen.Select(_digits, _separator, _digits).Sample(
        (first, separator, second) =>
            Assert.Equal([first, second], PhoneField.Numbers($"{Typed(first)}{separator}{Typed(second)}")));

    [Fact]
    public void Numbers_FewDigitsOnEitherSide_AreOne() => Gen.Select(Gen.Int[1, 9999], _separator, _digits).Sample(
        (few, separator, many) =>
        {
            Assert.Equal([$"{few}{many}"], PhoneField.Numbers($"{few}{separator}{many}"));
            Assert.Equal([$"{many}{few}"], PhoneField.Numbers($"{many}{separator}{few}"));
        });

    [Fact]
    [Trait("Rule", "R5.3")]
    public void Numbers_AnyText_AreAsciiDigitsAndStayTheSame() =>
        Gen.OneOf(Gen.String, Gen.String["0123456789 ,;/|xep#.+EЕ\n"]).Sample(text =>
            Assert.All(PhoneField.Numbers(text), number =>
            {
                Assert.All(number, digit => Assert.True(char.IsAsciiDigit(digit)));
                Assert.Equal([number], PhoneField.Numbers(number));
            }));

    [Fact]
    public void Numbers_TextMadeToTakeLong_EndsAtTheLongestField() =>
        Assert.Equal(1024, Assert.Single(PhoneField.Numbers(new string('7', 5_000_000))).Length);

    private static string Typed(string digits) => $"({digits[..3]}) {digits[3..5]}-{digits[5..]}";
}
