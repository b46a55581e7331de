using System.Collections.Immutable;

namespace OrleansSync.Grains.Import;

/// <summary>Users for whom a removal or a re-creation waits for a person, or was approved by one (R8.1, R8.2).</summary>
/// <param name="Removals">Users that disappeared from Bitrix24.</param>
/// <param name="Recreations">Users whose employee disappeared from CallGear.</param>
internal sealed record AwaitingApproval(ImmutableSortedSet<long> Removals, ImmutableSortedSet<long> Recreations)
{
    public static AwaitingApproval None { get; } = new([], []);

    public bool IsEmpty => Removals.IsEmpty && Recreations.IsEmpty;
}
