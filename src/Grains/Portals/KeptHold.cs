using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces.Accounts;

namespace OrleansSync.Grains.Portals;

/// <summary>A decision to leave what waits for approval as it is. It holds for exactly what waited then.</summary>
/// <param name="Decision">Who decided, and when.</param>
/// <param name="Waiting"><see cref="DigestOf"/> what waited.</param>
internal sealed record KeptHold(HeldDecision Decision, string Waiting)
{
    /// <summary>Tells what waits for approval from anything else that could.</summary>
    /// <param name="people">R8.1, R8.2: who waits.</param>
    /// <param name="portal">R8.12: the portal that a person has to decide about, before anything about people; null for none.</param>
    public static string DigestOf(AwaitingApproval people, PortalIdentity? portal)
    {
        var text = portal is not null
            ? new StringBuilder().Append(CultureInfo.InvariantCulture, $"{portal.Address};{portal.MemberId}")
            : new StringBuilder().AppendJoin(',', people.Removals).Append(';').AppendJoin(',', people.Recreations);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>The decision on what waits now; null where it was made on something else.</summary>
    /// <param name="listed">The account as it is stored.</param>
    public static HeldDecision? Of(ListedState listed) =>
        listed.State.Kept is { } kept && kept.Waiting == DigestOf(listed.Awaiting, listed.State.Linked?.Hold?.Portal)
            ? kept.Decision
            : null;
}
