using System.Globalization;
using Microsoft.AspNetCore.Localization;
using Microsoft.Net.Http.Headers;

namespace OrleansSync.Api.Web.Preferences;

/// <summary>The languages of the pages. Without a choice the browser's wish decides.</summary>
internal static class LanguageChoice
{
    // What browsers send has a few; more are nobody's wish.
    private const int MostWishes = 20;

    /// <summary>All languages; the first is the one for wishes that cannot be met.</summary>
    public static IReadOnlyList<string> All { get; } = ["en", "ru"];

    public static string Current => CultureInfo.CurrentUICulture.Name;

    /// <summary>What a language calls itself.</summary>
    public static string NameOf(string language) => language == "ru" ? "Русский" : "English";

    /// <summary>
    /// The language that a browser wishes most of those there are (RFC 9110, 12.5.4); null for no wish that can be met. A wish for a
    /// region's variant, such as <c>ru-RU</c>, is one for the language.
    /// </summary>
    /// <param name="wishes">The values of <c>Accept-Language</c>.</param>
    public static string? OfWishes(IList<string> wishes) =>
        StringWithQualityHeaderValue.TryParseList(wishes, out var parsed)
            ? parsed.Take(MostWishes).OrderByDescending(wish => wish.Quality ?? 1).Where(wish => wish.Quality != 0).Select(LanguageOf)
                .FirstOrDefault(language => language is not null)
            : null;

    public static void Configure(RequestLocalizationOptions options)
    {
        var cultures = All.Select(language => new CultureInfo(language)).ToList();
        options.DefaultRequestCulture = new(cultures[0]);
        options.SupportedCultures = cultures;
        options.SupportedUICultures = cultures;
        options.RequestCultureProviders =
        [
            new CookieRequestCultureProvider(),

            // The framework's own finds the language of a variant by the system's culture data, which this service does without.
            new CustomRequestCultureProvider(context => Task.FromResult(
                OfWishes(context.Request.Headers.AcceptLanguage!) is { } language ? new ProviderCultureResult(language) : null)),
        ];
    }

    private static string? LanguageOf(StringWithQualityHeaderValue wish)
    {
        var language = wish.Value.ToString().Split('-')[0];
        return language == "*" ? All[0] : All.FirstOrDefault(known => known.Equals(language, StringComparison.OrdinalIgnoreCase));
    }
}
