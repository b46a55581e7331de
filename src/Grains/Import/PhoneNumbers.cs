using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Import;

/// <summary>R5: which numbers of a user an employee gets, and in what form.</summary>
internal static class PhoneNumbers
{
    /// <summary>R5.2: the numbers for an employee that has none: the first, or every distinct one, in dialling order.</summary>
    public static ImmutableArray<string> Of(PortalUser user, PhoneNumberChoice choice)
    {
        var numbers = new[] { user.WorkPhone, user.PersonalMobile, user.PersonalPhone }
            .SelectMany(field => PhoneField.Numbers(field))
            .Distinct(StringComparer.Ordinal);
        return [.. choice == PhoneNumberChoice.All ? numbers : numbers.Take(1)];
    }

    /// <summary>R5.3: the digits of a text, each Unicode decimal digit as its ASCII digit; empty when there is none.</summary>
    public static string Digits(string? text)
    {
        var digits = new StringBuilder();
        foreach (var rune in text.AsSpan().EnumerateRunes())
        {
            if (DigitOf(rune) is { } digit)
            {
                digits.Append(digit);
            }
        }

        return digits.ToString();
    }

    /// <summary>R5.3: the ASCII digit of a character, or null.</summary>
    public static char? DigitOf(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber
        ? (char)('0' + (int)Rune.GetNumericValue(rune))
        : null;
}
