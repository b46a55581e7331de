using System.Globalization;
using System.Text;

namespace OrleansSync.Vendors.Http;

/// <summary>
/// Makes texts that came from outside fit to be shown: one line, short, and without the secrets that the request carried.
/// </summary>
public sealed class Redaction
{
    private const int MaxLength = 300;
    private const string Mask = "•••";

    // The longest first, so that no part of a secret is left when another is contained in it.
    private readonly string[] _secrets;

    /// <summary>Hides secrets, as they are and as they stand in an address.</summary>
    /// <param name="secrets">What the request carried; blank ones are left out.</param>
    public Redaction(params ReadOnlySpan<string> secrets) => _secrets =
    [
        .. secrets.ToArray()
            .Where(static secret => secret.Length > 0)
            .SelectMany(static secret => new[] { secret, Uri.EscapeDataString(secret) })
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(static secret => secret.Length),
    ];

    /// <summary>The text as it may be shown.</summary>
    public string Clean(string text)
    {
        // Invisible characters go first: a secret broken up by them would otherwise be whole again afterwards.
        var visible = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Control when rune.Value is '\n' or '\r' or '\t':
                case UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                    visible.Append(' ');
                    break;
                case UnicodeCategory.Control or UnicodeCategory.Format:
                    break;
                default:
                    visible.Append(rune.ToString());
                    break;
            }
        }

        foreach (var secret in _secrets)
        {
            visible.Replace(secret, Mask);
        }

        return Shorten(visible.ToString().Trim());
    }

    private static string Shorten(string text)
    {
        if (text.Length <= MaxLength)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[MaxLength - 2]) ? MaxLength - 2 : MaxLength - 1;
        return text[..end] + "…";
    }
}
