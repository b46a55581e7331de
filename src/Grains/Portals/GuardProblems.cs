using System.Globalization;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Portals;

/// <summary>R8.1, R8.2: what a person reads about a held run.</summary>
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
}
