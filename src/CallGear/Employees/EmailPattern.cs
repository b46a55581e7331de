using System.Text;

namespace OrleansSync.CallGear.Employees;

/// <summary>
/// Writes a POSIX regular expression that matches one address in any case. The vendor's <c>regexp</c> is offered by every method;
/// <c>ilike</c>, which would be simpler, only by some, and both <c>=</c> and <c>regexp</c> heed the case.
/// </summary>
internal static class EmailPattern
{
    public static string For(string address)
    {
        // Spaces around an address are tolerated: addresses are compared trimmed (R3.2).
        var pattern = new StringBuilder("^ *");
        foreach (var rune in address.EnumerateRunes())
        {
            var (lower, upper) = (Rune.ToLowerInvariant(rune), Rune.ToUpperInvariant(rune));
            if (lower != upper)
            {
                pattern.Append('(').Append(lower.ToString()).Append('|').Append(upper.ToString()).Append(')');
            }
            else if (".^$*+?()[]{}|\\".Contains((char)rune.Value, StringComparison.Ordinal) && rune.IsAscii)
            {
                pattern.Append('\\').Append(rune.ToString());
            }
            else
            {
                pattern.Append(rune.ToString());
            }
        }

        return pattern.Append(" *$").ToString();
    }
}
