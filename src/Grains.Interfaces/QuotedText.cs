using System.Globalization;
using System.Text;

namespace OrleansSync.Grains.Interfaces;

/// <summary>
/// Names and other texts of strangers as a sentence quotes them: a direction mark in one, or letters that run from right to left, must not
/// turn round what stands beside it.
/// </summary>
public static class QuotedText
{
    private const char FirstStrongIsolate = '\u2068';
    private const char PopDirectionalIsolate = '\u2069';

    // Hebrew, Arabic and the scripts between them, their presentation forms, and the supplementary planes' ones.
    private static readonly (int First, int Last)[] _rightToLeft =
        [(0x590, 0x8FF), (0xFB1D, 0xFDFF), (0xFE70, 0xFEFE), (0x10800, 0x10FFF), (0x1E800, 0x1EFFF)];

    /// <summary>
    /// The text between U+2068 and U+2069, in one line, with what it leaves open closed and nothing closed that it did not open; as it is
    /// where it has neither direction marks nor letters from right to left.
    /// </summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.EnumerateRunes().Any(static rune => IsControl(rune) || IsRightToLeft(rune)))
        {
            return text;
        }

        var quoted = new StringBuilder(text.Length + 2).Append(FirstStrongIsolate);
        var open = 1;
        foreach (var rune in text.EnumerateRunes())
        {
            open += rune.Value is >= 0x2066 and <= 0x2068 ? 1 : 0;
            if (rune.Value == PopDirectionalIsolate && open-- == 1)
            {
                open = 1;
            }
            else
            {
                // An isolate ends with its paragraph.
                quoted.Append(IsParagraphEnd(rune) ? " " : rune.ToString());
            }
        }

        return quoted.Append(PopDirectionalIsolate, open).ToString();
    }

    /// <summary>Whether a text has marks that set its direction, or that of what follows.</summary>
    public static bool HasDirectionMarks(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.EnumerateRunes().Any(IsControl);
    }

    private static bool IsControl(Rune rune) =>
        rune.Value is 0x61C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    private static bool IsRightToLeft(Rune rune) =>
        Array.Exists(_rightToLeft, range => rune.Value >= range.First && rune.Value <= range.Last);

    private static bool IsParagraphEnd(Rune rune) =>
        rune.Value is '\n' or '\r' or 0x85 or (>= 0x1C and <= 0x1E) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.ParagraphSeparator;
}
