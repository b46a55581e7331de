using System.Collections.Immutable;
using Orleans.Concurrency;

namespace OrleansSync.Grains.Interfaces;

/// <summary>One user that is imported and not deleted, and its employee.</summary>
/// <param name="BitrixUserId">The user's id in Bitrix24.</param>
/// <param name="CallGearEmployeeId">The employee.</param>
[GenerateSerializer, Immutable, Alias("ImportedUser")]
public sealed record ImportedUser([property: Id(0)] long BitrixUserId, [property: Id(1)] long CallGearEmployeeId);

/// <summary>What an account's list should follow.</summary>
/// <param name="Imported">Every user that is imported and not deleted (R7.1).</param>
/// <param name="TakenOver">Users whose employee went to another user in this run (R3.7), by the new user: an exclusion by hand goes with the employee.</param>
/// <param name="GroupId">R7.3; null for none.</param>
[GenerateSerializer, Immutable, Alias("ResponsibleTarget")]
public sealed record ResponsibleTarget(
    [property: Id(0)] ImmutableArray<ImportedUser> Imported,
    [property: Id(1)] ImmutableDictionary<long, long> TakenOver,
    [property: Id(2)] long? GroupId);

/// <summary>What a reconciliation of the list did.</summary>
/// <param name="Added">Users that entered the list.</param>
/// <param name="Removed">Users that left it.</param>
/// <param name="GroupFailure">Why the group does not follow; null when it does or there is none.</param>
/// <param name="Calls">HTTP requests to CallGear.</param>
[GenerateSerializer, Immutable, Alias("ResponsibleResult")]
public sealed record ResponsibleResult(
    [property: Id(0)] ImmutableArray<long> Added,
    [property: Id(1)] ImmutableArray<long> Removed,
    [property: Id(2)] CallFailure? GroupFailure,
    [property: Id(3)] int Calls);

/// <summary>An account's list of responsible employees, with the exclusions made by hand. Key: <see cref="GrainKeys.Account"/>.</summary>
[Alias("IResponsibleEmployeesGrain")]
public interface IResponsibleEmployeesGrain : IGrainWithStringKey
{
    /// <summary>Makes the list, and the group, follow the imported users less the exclusions; the same target again writes nothing.</summary>
    [Alias("Reconcile"), ResponseTimeout("00:16:00")]
    Task<ResponsibleResult> ReconcileAsync(ResponsibleTarget target, CallContext context, CancellationToken cancellationToken);

    /// <summary>What <see cref="ReconcileAsync"/> would do to the list (R8.3).</summary>
    [Alias("Preview"), AlwaysInterleave]
    Task<ResponsibleResult> PreviewAsync(ResponsibleTarget target);

    /// <summary>R7.2: takes a user's employee out by hand, or puts it back; the group follows at once.</summary>
    /// <param name="user">The user and its employee.</param>
    /// <param name="responsible">Whether it is wanted on the list.</param>
    /// <param name="groupId">R7.3; null for none.</param>
    /// <returns>Why the group does not follow; null when it does or there is none.</returns>
    [Alias("SetByHand"), ResponseTimeout("00:16:00")]
    Task<CallFailure?> SetByHandAsync(ImportedUser user, bool responsible, long? groupId);

    /// <summary>The list, by user id.</summary>
    [Alias("List"), AlwaysInterleave]
    Task<ImmutableArray<ImportedUser>> ListAsync();

    /// <summary>Erases the list and the exclusions.</summary>
    [Alias("Clear")]
    Task ClearAsync();
}
