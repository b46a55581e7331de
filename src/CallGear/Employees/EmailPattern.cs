using System.Text;

namespace OrleansSync.CallGear.Employees;

/// <summary>
/// Writes a POSIX regular expression that matches addresses in any case. The vendor's <c>regexp</c> is offered by every method;
/// <c>ilike</c>, which would be simpler, only by some, and both <c>=</c> and <c>regexp</c> heed the case.
/// </summary>
internal static class EmailPattern
{
    // What is no visible character of ASCII: spaces around an address and invisible characters within (R2.5). It lets other letters through
    // as well, which the comparison of the answer sorts out; a list of what is invisible would make a hundred times the expression.
    private const string Gap = "[^!-~]*";

    /// <summary>The expression for an address, in each of its spellings.</summary>
    public static string For(IReadOnlyList<string> spellings) => spellings.Count == 1
        ? $"^{For(spellings[0])}$"
        : $"^({string.Join('|', spellings.Select(For))})$";

    private static string For(string address)
    {
        var pattern = new StringBuilder(Gap);
        foreach (var rune in address.EnumerateRunes())
        {
            var (lower, upper) = (Rune.ToLowerInvariant(rune), Rune.ToUpperInvariant(rune));
            if (lower != upper)
            {
                pattern.Append('(').Append(lower.ToString()).Append('|').Append(upper.ToString()).Append(')');
            }
            else if (rune.IsAscii && ".^$*+?()[]{}|\\".Contains((char)rune.Value, StringComparison.Ordinal))
            {
                pattern.Append('\\').Append(rune.ToString());
            }
            else
            {
                pattern.Append(rune.ToString());
            }

            pattern.Append(rune.Value == '&' ? "(amp;)?" : string.Empty).Append(Gap);
        }

        return pattern.ToString();
    }
}
