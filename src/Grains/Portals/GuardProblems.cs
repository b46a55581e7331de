using System.Globalization;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Portals;

/// <summary>R8.1, R8.2, R8.12: what a person reads about a held run.</summary>
internal static class GuardProblems
{
    /// <summary>The problem of a held run; null when nobody waits for approval.</summary>
    public static Problem? Of(string accountId, AwaitingApproval held, int maxPercent)
    {
        if (held.IsEmpty)
        {
            return null;
        }

        var sentences = new[]
        {
            held.Removals.IsEmpty ? null : string.Create(
                CultureInfo.InvariantCulture,
                $"{held.Removals.Count} imported users of account {accountId} are gone from Bitrix24; none was removed from the "
                + $"responsible employees."),
            held.Recreations.IsEmpty ? null : string.Create(
                CultureInfo.InvariantCulture,
                $"The employees of {held.Recreations.Count} users of account {accountId} are gone from CallGear; none was made anew."),
            string.Create(
                CultureInfo.InvariantCulture,
                $"More than {maxPercent} % at once, or an empty list, needs a person: approve the run if this is right, or bring them "
                + $"back."),
        };
        return new Problem(
            held.Removals.IsEmpty ? ProblemCode.RecreationGuard : ProblemCode.DeletionGuard,
            string.Join(' ', sentences.OfType<string>()));
    }

    /// <summary>R8.12: the problem of a run that found another portal than the links were made with.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="linked">The portal that the links were made with.</param>
    /// <param name="present">The portal that answered.</param>
    /// <param name="proof">What speaks for its being the same.</param>
    public static Problem OfPortal(string accountId, PortalIdentity linked, PortalIdentity present, PortalProof proof)
    {
        var portals = linked.Address == present.Address
            ? $"The portal at {present.Address}, to which account {accountId} is connected, is not the one that was there before"
            : $"Account {accountId} was connected to the portal {linked.Address} and is now connected to {present.Address}, which "
                + "looks like another one";
        var evidence = proof.There == 0
            ? string.Create(CultureInfo.InvariantCulture, $"none of its {proof.Links} linked users is there")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"of {proof.There} linked users that are there, {proof.Proven} have the e-mail address they were linked with");
        return new Problem(
            ProblemCode.PortalChanged,
            $"{portals}: {evidence}. Nothing was changed. If it was a mistake, put the former address back; the next run ends this. "
            + "If it is another portal, approve the run: links by user id end, people are found by e-mail address again, and who is not "
            + "found leaves the responsible employees.");
    }
}
