using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace OrleansSync.Grains.Import;

/// <summary>R2.5: e-mail addresses as they are sent and asked for.</summary>
internal static class EmailAddress
{
    private static readonly IdnMapping _domains = new() { AllowUnassigned = true };

    /// <summary>
    /// The address that is sent: without HTML entities and invisible characters (Unicode category Cf), trimmed, otherwise as written; null
    /// when nothing is left.
    /// </summary>
    public static string? Of(string? text) => FieldText.Typed(text) is { } typed ? FieldText.Trimmed(VisibleText.Of(typed)) : null;

    /// <summary>The spellings of an address: the given one, and those with the domain in ASCII and in its own letters.</summary>
    public static ImmutableArray<string> Spellings(string address)
    {
        var (local, domain) = Split(address);
        var ascii = InAscii(domain);
        return [.. new[] { address, local + ascii, local + InLetters(ascii) }.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>What is before the domain, with the <c>@</c>, and the domain; all is before it where there is none.</summary>
    internal static (string Local, string Domain) Split(string address)
    {
        var end = address.LastIndexOf('@') + 1;
        return end == 0 ? (address, string.Empty) : (address[..end], address[end..]);
    }

    /// <summary>A domain in ASCII (IDNA); one that cannot be put so, as it is.</summary>
    internal static string InAscii(string domain)
    {
        // The mapping folds the case of Latin letters only.
        return Ascii.IsValid(domain) ? domain : Mapped(domain.ToLowerInvariant(), _domains.GetAscii);
    }

    private static string InLetters(string domain) => Mapped(domain, _domains.GetUnicode);

    private static string Mapped(string domain, Func<string, string> map)
    {
        try
        {
            return map(domain);
        }
        catch (ArgumentException)
        {
            return domain;
        }
    }
}
