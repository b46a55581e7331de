using Orleans.Placement;
using Orleans.Runtime.Placement;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Placement;

/// <summary>Places all grains of an account on the same silo, so that a run makes no hops between silos.</summary>
[GenerateSerializer, Immutable, Alias("AccountPlacement")]
public sealed class AccountPlacement : PlacementStrategy;

/// <summary>Marks a grain that belongs to an account, by its key.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AccountPlacementAttribute() : PlacementAttribute(new AccountPlacement());

/// <summary>
/// Chooses the silo whose address and the account's id hash highest together. A silo that joins or leaves moves only the accounts that it
/// gains or loses.
/// </summary>
internal sealed class AccountPlacementDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var key = target.GrainIdentity.Key.ToString() ?? string.Empty;
        var account = GrainKeys.TryGetAccount(key, out var accountId) ? accountId : key;
        return Task.FromResult(context.GetCompatibleSilos(target).MaxBy(silo => PermanentHash.Of($"{account}@{silo.ToParsableString()}"))!);
    }
}
