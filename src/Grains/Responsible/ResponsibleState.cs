using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Responsible;

/// <summary>An account's list, and who was taken out of it by hand.</summary>
internal sealed record ResponsibleState
{
    /// <summary>Employee by user.</summary>
    public ImmutableSortedDictionary<long, long> Members { get; init; } = ImmutableSortedDictionary<long, long>.Empty;

    /// <summary>R7.2: users that stay out until they are put back by hand.</summary>
    public ImmutableSortedSet<long> Excluded { get; init; } = [];

    /// <summary>R7.1: the state that follows the imported users; the same instance when nothing changes.</summary>
    public ResponsibleState Follow(ResponsibleTarget target)
    {
        var excluded = target.TakenOver.Where(pair => Excluded.Contains(pair.Value))
            .Aggregate(Excluded, (all, pair) => all.Remove(pair.Value).Add(pair.Key));
        var members = target.Imported.Where(user => !excluded.Contains(user.BitrixUserId))
            .ToImmutableSortedDictionary(user => user.BitrixUserId, user => user.CallGearEmployeeId);
        return excluded.SetEquals(Excluded) && members.SequenceEqual(Members) ? this : new ResponsibleState { Members = members, Excluded = excluded };
    }

    /// <summary>R7.2: the state after a change by hand.</summary>
    public ResponsibleState WithHand(ImportedUser user, bool responsible) => responsible
        ? new ResponsibleState
        {
            Members = Members.SetItem(user.BitrixUserId, user.CallGearEmployeeId),
            Excluded = Excluded.Remove(user.BitrixUserId),
        }
        : new ResponsibleState { Members = Members.Remove(user.BitrixUserId), Excluded = Excluded.Add(user.BitrixUserId) };
}
