using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Found = System.Text.RegularExpressions.Match;

namespace OrleansSync.Grains.Import;

/// <summary>R5.3a: a field holds one number, or several with something between them, each with or without an extension.</summary>
internal static partial class PhoneField
{
    // What has fewer is a part of a number, so that nothing ends before it.
    private const int FewestDigits = 5;

    // Beyond any field of the vendor's, so that a text made for it cannot keep a processor busy.
    private const int LongestField = 1024;

    private const string Separator = "separator";
    private const string Slash = "slash";

    /// <summary>The digits of each number in a field, in order; empty when there is none.</summary>
    public static ImmutableArray<string> Numbers(string? text)
    {
        if (text is null)
        {
            return [];
        }

        var value = WithAsciiDigits(HtmlEntities.Decode(text));
        return Scientific().IsMatch(value) ? [.. DigitsOf(value)] : Split(value);
    }

    private static ImmutableArray<string> Split(string value)
    {
        var digits = CountDigits(value);
        var boundaries = Boundary().Matches(value).ToArray();
        var numbers = ImmutableArray.CreateBuilder<string>();
        var start = 0;
        var isExtension = false;
        for (var index = 0; index < boundaries.Length; index++)
        {
            var boundary = boundaries[index];
            var end = boundary.Index + boundary.Length;
            if (digits[boundary.Index] < FewestDigits)
            {
                continue;
            }

            if (!IsSeparator(boundary))
            {
                Take(isExtension ? boundary.Index : start, boundary.Index);
                isExtension = true;
            }
            else if (isExtension)
            {
                // What follows may be one more extension; a number has its five digits before the next boundary.
                isExtension = digits[EndOfPart(index)] - digits[end] < FewestDigits;
                start = end;
            }
            else if (digits[value.Length] - digits[end] >= FewestDigits)
            {
                if (digits[boundary.Index] - digits[start] >= FewestDigits)
                {
                    Take(start, boundary.Index);
                    start = end;
                }
                else if (boundary.Groups[Separator].Success)
                {
                    start = end;
                }
            }
        }

        Take(isExtension ? value.Length : start, value.Length);
        return numbers.ToImmutable();

        // A slash may stand within a number, as after its area code.
        int EndOfPart(int index)
        {
            var endsAtSlash = boundaries[index].Groups[Slash].Success;
            var next = boundaries.Skip(index + 1).FirstOrDefault(other => endsAtSlash || !other.Groups[Slash].Success);
            return next?.Index ?? value.Length;
        }

        void Take(int from, int to)
        {
            if (from == 0 || digits[to] - digits[from] >= FewestDigits)
            {
                numbers.AddRange(DigitsOf(value[from..to]));
            }
        }
    }

    private static bool IsSeparator(Found boundary) => boundary.Groups[Separator].Success || boundary.Groups[Slash].Success;

    // None for a spreadsheet's rounded number; its mantissa has as many digits as the number when it is not rounded.
    private static IEnumerable<string> DigitsOf(string number)
    {
        if (Scientific().Match(number) is not { Success: true } parts)
        {
            return PhoneNumbers.Digits(number) is { Length: > 0 } digits ? [digits] : [];
        }

        var (whole, fraction) = (parts.Groups["whole"].Value, parts.Groups["fraction"].Value);
        return int.TryParse(parts.Groups["exponent"].Value, CultureInfo.InvariantCulture, out var exponent)
            && exponent >= 0 && exponent <= fraction.Length
            ? [whole + fraction[..exponent]]
            : [];
    }

    private static string WithAsciiDigits(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in VisibleText.Of(text).EnumerateRunes())
        {
            plain.Append(PhoneNumbers.DigitOf(rune) is { } digit ? digit.ToString() : rune.ToString());
        }

        return plain.ToString(0, Math.Min(plain.Length, LongestField));
    }

    // At each place, how many digits are before it.
    private static int[] CountDigits(string value)
    {
        var counts = new int[value.Length + 1];
        for (var index = 0; index < value.Length; index++)
        {
            counts[index + 1] = counts[index] + (char.IsAsciiDigit(value[index]) ? 1 : 0);
        }

        return counts;
    }

    [GeneratedRegex(@"^[^0-9]*(?<whole>[0-9]+)(?:[.,٫](?<fraction>[0-9]*))?[EeЕе](?<exponent>[+\-−]?[0-9]{1,3})[^0-9]*$")]
    private static partial Regex Scientific();

    // Words for an extension in the languages of the vendors' countries, marks, the pauses that a telephone dials, and parameters of tel:
    // addresses, with what stands before them; then what stands between two numbers.
    [GeneratedRegex(
        """
        [\s,;(\[/|.\-–—]{0,9}
        (?:
            (?<!\p{L})
            (?: e?xt\p{L}* | x(?!\p{L}) | х(?!\p{L}) | × | int(?:ern[aeo]?)?(?!\p{L})
              | д[оo]б\p{L}* | доп\p{L}* | вн(?:утр\p{L}*)?(?!\p{L}) | вътр\p{L}*
              | дод\p{L}* | тон\p{L}* | ішкі | қос\p{L}* | dob\p{L}* | vn(?:utr\p{L}*)?(?!\p{L}) | durchwahl | dw(?!\p{L}) | nebenst\p{L}*
              | nst(?!\p{L}) | app?arat | poste(?!\p{L}) | anexo | ramal | toestel | tst(?!\p{L}) | wewn\p{L}* | wew(?!\p{L}) | klapka
              | linka | dahili | lokal | ankn\p{L}* | pin(?!\p{L}) | pause(?!\p{L}) | wait(?!\p{L}) )
          | (?<=[0-9)\s])[pw](?=\s?[0-9])
          | ;[a-z\-]+=
          | [#＃№*]
          | ,\s?, | \.{3} | …
        )
        | (?<separator> [,;|，、；｜،؛\r\n\v\f\u0085\u2028\u2029] | <br\s{0,3}/?> | (?<![EeЕе])\+
            | (?<!\p{L})(?:or|или|and|и|&|oder|und|або|та)(?!\p{L}) )
        | (?<slash> [/\\／] )
        """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Boundary();
}
