using System.Text;

namespace OrleansSync.Grains.Interfaces.Rows;

/// <summary>Text as databases take it.</summary>
public static class StoredText
{
    private const char Replacement = '\uFFFD';

    /// <summary>
    /// The text without what a database refuses: U+0000, and halves of surrogate pairs that stand alone, become U+FFFD. One such name would
    /// fail every write that is sent together with it.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <returns>The same instance when there is nothing to replace.</returns>
    public static string Clean(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        // Of nearly all text this says it many characters at a time.
        if (!text.Contains('\0') && !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            return text;
        }

        var first = 0;
        while (first < text.Length && IsStorable(text, first))
        {
            first++;
        }

        if (first == text.Length)
        {
            return text;
        }

        var clean = new StringBuilder(text, 0, first, text.Length);
        for (var index = first; index < text.Length; index++)
        {
            clean.Append(IsStorable(text, index) ? text[index] : Replacement);
        }

        return clean.ToString();
    }

    private static bool IsStorable(string text, int index) => text[index] switch
    {
        '\0' => false,
        var high when char.IsHighSurrogate(high) => index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]),
        var low when char.IsLowSurrogate(low) => index > 0 && char.IsHighSurrogate(text[index - 1]),
        _ => true,
    };
}
