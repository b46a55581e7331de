using System.Globalization;

namespace OrleansSync.Api.Web.Preferences;

/// <summary>The languages of the pages. Without a choice the browser's wish decides.</summary>
internal static class LanguageChoice
{
    /// <summary>All languages; the first is the one for wishes that cannot be met.</summary>
    public static IReadOnlyList<string> All { get; } = ["en", "ru"];

    /// <summary>The language of the request.</summary>
    public static string Current => CultureInfo.CurrentUICulture.Name;

    /// <summary>What a language calls itself.</summary>
    /// <param name="language">Its code.</param>
    public static string NameOf(string language) => language == "ru" ? "Русский" : "English";

    /// <summary>Sets the pages' languages up.</summary>
    /// <param name="options">The options.</param>
    public static void Configure(RequestLocalizationOptions options)
    {
        var cultures = All.Select(language => new CultureInfo(language)).ToList();
        options.DefaultRequestCulture = new(cultures[0]);
        options.SupportedCultures = cultures;
        options.SupportedUICultures = cultures;
    }
}
