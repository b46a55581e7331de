using OrleansSync.Api.Web.Texts;

namespace OrleansSync.Api.Tests.Web;

/// <summary>Numbers and what they count, in the forms that each language has.</summary>
public sealed class WordingTests
{
    [Theory]
    [InlineData("ru", 0, "0 причин")]
    [InlineData("ru", 1, "1 причина")]
    [InlineData("ru", 2, "2 причины")]
    [InlineData("ru", 4, "4 причины")]
    [InlineData("ru", 5, "5 причин")]
    [InlineData("ru", 11, "11 причин")]
    [InlineData("ru", 12, "12 причин")]
    [InlineData("ru", 14, "14 причин")]
    [InlineData("ru", 21, "21 причина")]
    [InlineData("ru", 22, "22 причины")]
    [InlineData("ru", 111, "111 причин")]
    [InlineData("ru", 112, "112 причин")]
    [InlineData("ru", 1_001, "1\u00a0001 причина")]
    [InlineData("en", 0, "0 reasons")]
    [InlineData("en", 1, "1 reason")]
    [InlineData("en", 2, "2 reasons")]
    [InlineData("en", 21, "21 reasons")]
    [InlineData("en", 1_001, "1,001 reasons")]
    public void Count_OfANumber_TakesItsForm(string language, int number, string expected) =>
        Assert.Equal(expected, WebTexts.In(language).Count("Reasons", number));

    [Fact]
    public void Count_WithOthers_PutsThemBehindTheNumber() =>
        Assert.Equal("Прочитан 21 сотрудник: 1 создан.", WebTexts.In("ru").Count("PeopleRead", 21, "1 создан"));

    [Theory]
    [InlineData("en", "1,234,567", "1,234.5")]
    [InlineData("ru", "1\u00a0234\u00a0567", "1\u00a0234,5")]
    public void Show_OfNumbers_PartsThousandsAndDecimals(string language, string whole, string broken)
    {
        _ = WebTexts.In(language);

        Assert.Equal((whole, broken), (1_234_567.Show(), 1_234.5.Show()));
    }
}
