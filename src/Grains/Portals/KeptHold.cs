using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OrleansSync.Grains.Interfaces.Accounts;

namespace OrleansSync.Grains.Portals;

/// <summary>A decision to leave what waits for approval as it is. It holds for exactly what waited then.</summary>
/// <param name="Decision">Who decided, and when.</param>
/// <param name="Waiting"><see cref="DigestOf"/> what waited.</param>
internal sealed record KeptHold(HeldDecision Decision, string Waiting)
{
    /// <summary>Tells what waits for approval from anything else that could.</summary>
    /// <param name="listed">The account as it is stored.</param>
    public static string DigestOf(ListedState listed)
    {
        var portal = listed.State.Linked?.Hold?.Portal;
        var text = new StringBuilder()
            .AppendJoin(',', listed.Awaiting.Removals).Append(';')
            .AppendJoin(',', listed.Awaiting.Recreations).Append(';')
            .Append(CultureInfo.InvariantCulture, $"{portal?.Address};{portal?.MemberId}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>The decision on what waits now; null where it was made on something else.</summary>
    /// <param name="listed">The account as it is stored.</param>
    public static HeldDecision? Of(ListedState listed) =>
        listed.State.Kept is { } kept && kept.Waiting == DigestOf(listed) ? kept.Decision : null;
}
