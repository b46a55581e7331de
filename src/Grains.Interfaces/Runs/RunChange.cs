using System.Collections.Immutable;

namespace OrleansSync.Grains.Interfaces;

/// <summary>What a run did, or in a dry run would do, for one user.</summary>
[GenerateSerializer, Alias("ChangeOutcome")]
public enum ChangeOutcome
{
    /// <summary>R3.3: an employee was created.</summary>
    Created,

    /// <summary>R3.2: an employee was found by e-mail address and linked.</summary>
    Linked,

    /// <summary>R5.6: a matched employee got a number.</summary>
    PhoneAdded,

    /// <summary>R2.4, R3.4, R3.5, or waiting for approval by R8.1, R8.2.</summary>
    Skipped,

    /// <summary>R8.5.</summary>
    Failed,

    /// <summary>R6.3.</summary>
    RemovedFromResponsible,

    /// <summary>R6.3: a deleted user is back.</summary>
    Returned,
}

/// <summary>One field that was changed.</summary>
/// <param name="Field">The field's name: <c>firstName</c>, <c>lastName</c>, <c>patronymic</c>, <c>email</c> or <c>phoneNumbers</c> (separated by comma and space).</param>
/// <param name="From">Its value before; null when it had none.</param>
/// <param name="To">Its value after.</param>
[GenerateSerializer, Immutable, Alias("FieldChange")]
public sealed record FieldChange([property: Id(0)] string Field, [property: Id(1)] string? From, [property: Id(2)] string? To);

/// <summary>One line of a run: everything that is not <c>matched</c>.</summary>
[GenerateSerializer, Immutable, Alias("RunChange")]
public sealed record RunChange
{
    /// <summary>The user's id in Bitrix24.</summary>
    [Id(0)] public required long BitrixUserId { get; init; }

    /// <summary>First and last name as Bitrix24 has them.</summary>
    [Id(1)] public required string Name { get; init; }

    /// <summary>What happened.</summary>
    [Id(2)] public required ChangeOutcome Outcome { get; init; }

    /// <summary>Why, when it was skipped, failed, or done only in part.</summary>
    [Id(3)] public Problem? Reason { get; init; }

    /// <summary>The employee, where there is one.</summary>
    [Id(4)] public long? CallGearEmployeeId { get; init; }

    /// <summary>What was changed in CallGear.</summary>
    [Id(5)] public ImmutableArray<FieldChange> Fields { get; init; } = [];
}

/// <summary>A run with its changes.</summary>
/// <param name="Summary">The run.</param>
/// <param name="Changes">Its changes so far, by user id once it has ended.</param>
[GenerateSerializer, Immutable, Alias("RunView")]
public sealed record RunView([property: Id(0)] RunSummary Summary, [property: Id(1)] ImmutableArray<RunChange> Changes);

/// <summary>What is new about a run since the last look.</summary>
/// <param name="Version">To be passed to the next look.</param>
/// <param name="Run">The run as it stands.</param>
/// <param name="Done">Users dealt with.</param>
/// <param name="Total">Users to deal with; 0 until the lists are read.</param>
/// <param name="NewChanges">The changes behind those already seen.</param>
[GenerateSerializer, Immutable, Alias("RunWatch")]
public sealed record RunWatch(
    [property: Id(0)] long Version,
    [property: Id(1)] RunSummary Run,
    [property: Id(2)] int Done,
    [property: Id(3)] int Total,
    [property: Id(4)] ImmutableArray<RunChange> NewChanges);
