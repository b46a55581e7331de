using System.Globalization;
using OrleansSync.Api.Web.Shell;

namespace OrleansSync.Api.Tests.Web;

public sealed class FontSubsetTests
{
    [Theory]
    [InlineData("en", "Ann Lee", "")]
    [InlineData("en", "Łukasz Œuvre", "latin-ext")]
    [InlineData("en", "Nguyễn Đức", "vietnamese")]
    [InlineData("en", "Иванова Ґалина", "cyrillic")]
    [InlineData("en", "Ұлан Әлия", "cyrillic cyrillic-ext")]
    [InlineData("ru", "Иванова Γιώργος", "greek")]
    [InlineData("ru", "李 שלום", "")]
    [InlineData("en", null, "")]
    public void Of_GivesThePartsThatTheLanguageDoesNotBring(string language, string? name, string expected)
    {
        CultureInfo.CurrentUICulture = new CultureInfo(language);

        Assert.Equal(expected, string.Join(' ', FontSubset.Of([name, name])));
    }
}
