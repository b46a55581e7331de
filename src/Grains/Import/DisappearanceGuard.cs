using System.Collections.Immutable;

namespace OrleansSync.Grains.Import;

/// <summary>R8.1, R8.2: divides users that disappeared into those a run deals with and those that wait for approval.</summary>
internal static class DisappearanceGuard
{
    /// <summary>R8.1: the guard by share looks only at accounts with at least so many imported users.</summary>
    public const int SmallestPopulation = 5;

    /// <summary>Which of the users that disappeared have to wait.</summary>
    /// <param name="disappeared">The users that disappeared.</param>
    /// <param name="population">The users that the share is taken of; others that disappeared do not count, but wait with them.</param>
    /// <param name="maxPercent">A share that is strictly larger is held.</param>
    /// <param name="listIsEmpty">Whether the list they disappeared from has nobody at all: held however few there are.</param>
    /// <param name="awaiting">Users that an earlier run holds: while one of them is still gone, nobody leaves without approval.</param>
    /// <param name="approved">Users that a person approved for this run; null when this run has no approval.</param>
    public static ImmutableSortedSet<long> Hold(
        ImmutableSortedSet<long> disappeared,
        IReadOnlySet<long> population,
        int maxPercent,
        bool listIsEmpty,
        ImmutableSortedSet<long> awaiting,
        ImmutableSortedSet<long>? approved)
    {
        // An approval covers those a person was shown; whoever disappeared later needs one of their own.
        if (approved is not null)
        {
            return disappeared.Except(approved);
        }

        var tooMany = population.Count >= SmallestPopulation
            && disappeared.Count(population.Contains) * 100L > (long)maxPercent * population.Count;
        return listIsEmpty || tooMany || awaiting.Overlaps(disappeared) ? disappeared : [];
    }
}
