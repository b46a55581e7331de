using OrleansSync.Api.Web.Preferences;

namespace OrleansSync.Api.Tests.Web;

public sealed class LanguageChoiceTests
{
    [Theory]
    [InlineData("ru", "ru")]
    [InlineData("ru-RU", "ru")]
    [InlineData("RU-ru", "ru")]
    [InlineData("ru-RU,ru;q=0.9,en-US;q=0.8,en;q=0.7", "ru")]
    [InlineData("en-GB,ru;q=0.9", "en")]
    [InlineData("ru;q=0.3, en;q=0.7", "en")]
    [InlineData("de-DE, ru;q=0.5", "ru")]
    [InlineData("de, *;q=0.5", "en")]
    [InlineData("ru;q=0, en;q=0.1", "en")]
    [InlineData("ru;q=0", null)]
    [InlineData("de-DE, fr", null)]
    [InlineData("", null)]
    [InlineData("rush", null)]
    [InlineData(";;;", null)]
    public void OfWishes_GivesTheBestThatThereIs(string wishes, string? expected) =>
        Assert.Equal(expected, LanguageChoice.OfWishes([wishes]));
}
