using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Interfaces.Responsible;

/// <summary>What came of having the group follow the list (R7.3).</summary>
/// <param name="Failure">Why it does not follow; null when it does or there is none.</param>
/// <param name="Calls">HTTP requests to CallGear.</param>
[GenerateSerializer, Immutable, Alias("GroupFollowing")]
public sealed record GroupFollowing([property: Id(0)] CallFailure? Failure, [property: Id(1)] int Calls);

/// <summary>
/// The exclusions that people made by hand, and the group that follows the list. The list itself follows from them and the users' rows by
/// query. Key: <see cref="GrainKeys.Account"/>.
/// </summary>
[Alias("IResponsibleEmployeesGrain")]
public interface IResponsibleEmployeesGrain : IGrainWithStringKey
{
    /// <summary>R3.7: an exclusion goes with the employee that another user took over. The same again changes nothing.</summary>
    /// <param name="takenOver">The former holder by the new one.</param>
    /// <param name="excluded">Who is taken out by hand.</param>
    [Alias("MoveExclusions")]
    Task MoveExclusionsAsync(ImmutableDictionary<long, long> takenOver, ImmutableArray<long> excluded);

    /// <summary>R8.12: exclusions of a former portal's users end, and others begin.</summary>
    /// <param name="former">Whose exclusion ends.</param>
    /// <param name="excluded">Who is taken out from now on.</param>
    [Alias("ReplaceExclusions")]
    Task ReplaceExclusionsAsync(ImmutableArray<long> former, ImmutableArray<long> excluded);

    /// <summary>R7.2: takes a user out by hand, or puts it back. Does not wait for the group.</summary>
    [Alias("SetByHand"), Orleans.Concurrency.AlwaysInterleave]
    Task SetByHandAsync(long userId, bool responsible);

    /// <summary>
    /// R7.3: makes the group's members the employees that are on the list when it gets to it. The group is read each time, so that one that
    /// somebody changed follows again.
    /// </summary>
    [Alias("Follow"), ResponseTimeout("00:16:00")]
    Task<GroupFollowing> FollowAsync(long groupId, CallContext context, CancellationToken cancellationToken);
}
