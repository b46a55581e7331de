using System.Globalization;
using System.Text;

namespace OrleansSync.Grains.Import;

/// <summary>Text without what nobody sees.</summary>
internal static class VisibleText
{
    /// <summary>The text without characters of the Unicode category Cf: zero width, direction marks, soft hyphens.</summary>
    /// <returns>The same instance when there is none.</returns>
    public static string Of(string text)
    {
        // None of them is among those of ASCII, which nearly all texts consist of.
        if (Ascii.IsValid(text) || !text.EnumerateRunes().Any(IsInvisible))
        {
            return text;
        }

        var visible = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsInvisible(rune))
            {
                visible.Append(rune.ToString());
            }
        }

        return visible.ToString();
    }

    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format;
}
