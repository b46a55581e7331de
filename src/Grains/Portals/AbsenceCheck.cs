using System.Collections.Immutable;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Portals;

/// <summary>
/// R8.4: looks users up one by one before anybody is removed because the list lacks them. A page that came short for a reason of the
/// vendor's own looks like the end of the list; who is there after all and had to be in it proves that it was not. Bitrix24 dismisses users
/// rather than deleting them, so that a run seldom has to look.
/// </summary>
internal static class AbsenceCheck
{
    /// <summary>
    /// Users that are looked up at most, spread over those that are absent: each is a request, and a list that was cut short lacks many who
    /// are there.
    /// </summary>
    public const int MostLookUps = 10;

    /// <summary>The users to look up: those that would be removed, or held as gone, because a list that is not empty lacks them.</summary>
    public static long[] UsersToLookUp(ImportInput input, ImportPlan plan)
    {
        // Whoever was asked for alone was looked up already (R8.8), and an empty answer is held for what it is (R8.1).
        if (input.OnlyUser is not null || input.Users.IsEmpty)
        {
            return [];
        }

        var listed = input.Users.Select(user => user.Id).ToHashSet();
        var absent = plan.Decisions.Where(decision => decision is Remove or HoldRemoval && !listed.Contains(decision.UserId)).ToArray();
        var lookUps = Math.Min(absent.Length, MostLookUps);
        return [.. Enumerable.Range(0, lookUps).Select(index => absent[index * absent.Length / lookUps].UserId)];
    }

    /// <summary>
    /// Whether what a look-up answered proves that the list is not whole. Who is dismissed, an extranet user or without a department is not
    /// in a list although a look-up finds it, and counts as deleted (R6.2).
    /// </summary>
    public static bool ProvesNotWhole(ImmutableArray<PortalUser> found) => found.Any(Importability.IsAlwaysListed);

    /// <summary>What is wrong with a list that lacks a user who is there.</summary>
    public static CallFailure NotWhole(string accountId, long userId) => new()
    {
        Problem = new Problem(
            ProblemCode.InvalidAnswer,
            $"Account {accountId}: the list of users from Bitrix24 is not whole: it lacks user {userId}, who is there. Nobody was removed; "
            + "the next run tries again."),
    };
}
