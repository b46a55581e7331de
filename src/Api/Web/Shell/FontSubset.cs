using OrleansSync.Api.Web.Preferences;

namespace OrleansSync.Api.Web.Shell;

/// <summary>
/// The parts that the font comes in, by alphabets. A page that begins to load a part only when it meets a letter of it shows the letter in
/// another font first, and lines break anew when the part is there.
/// </summary>
internal static class FontSubset
{
    /// <summary>What every page needs.</summary>
    public const string Latin = "latin";

    /// <summary>What every page in Russian needs.</summary>
    public const string Cyrillic = "cyrillic";

    /// <summary>The parts that every page in the viewer's language needs.</summary>
    public static IEnumerable<string> OfLanguage => LanguageChoice.Current == "ru" ? [Latin, Cyrillic] : [Latin];

    /// <summary>The parts that texts need besides those of the viewer's language.</summary>
    public static IEnumerable<string> Of(IEnumerable<string?> texts) =>
        texts.SelectMany(text => text ?? "").Select(PartOf).OfType<string>().Distinct().Except(OfLanguage).Order();

    /// <summary>The address of a part, as the style sheet has it.</summary>
    public static string AddressOf(string part) => $"fonts/inter-{part}-wght-normal.woff2";

    // Letters alone, by the ranges of the style sheet, where a later part takes letters out of an earlier one.
    private static string? PartOf(char letter) => letter switch
    {
        '\u0102' or '\u0103' or '\u0110' or '\u0111' or '\u0128' or '\u0129' or '\u0168' or '\u0169' or '\u01a0' or '\u01a1'
            or '\u01af' or '\u01b0' or (>= '\u1ea0' and <= '\u1ef9') => "vietnamese",
        '\u0131' or '\u0152' or '\u0153' => Latin,
        (>= '\u0100' and <= '\u02ba') or (>= '\u1e00' and <= '\u1eff') => "latin-ext",
        >= '\u0370' and <= '\u03ff' => "greek",
        (>= '\u0400' and <= '\u045f') or '\u0490' or '\u0491' or '\u04b0' or '\u04b1' => Cyrillic,
        >= '\u0460' and <= '\u052f' => "cyrillic-ext",
        _ => null,
    };
}
