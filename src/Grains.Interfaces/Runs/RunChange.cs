using System.Collections.Immutable;

namespace OrleansSync.Grains.Interfaces.Runs;

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
/// <param name="Field">The field's name: <c>firstName</c>, <c>lastName</c>, <c>patronymic</c>, <c>email</c> or <c>phoneNumbers</c>
/// (separated by comma and space).</param>
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

    /// <summary>R8.1, R8.2, R8.12: whether it waits for approval.</summary>
    public bool IsHeld => Reason?.Code is ProblemCode.DeletionGuard or ProblemCode.RecreationGuard or ProblemCode.PortalChanged;
}

/// <summary>
/// Which of a run's changes are asked for. A run may have as many as its portal has users, so that nobody gets all of them in one message.
/// </summary>
/// <param name="Skip">How many to leave out, by user id.</param>
/// <param name="Take">How many to answer, up to <see cref="Most"/>.</param>
/// <param name="HeldOnly">R8.1, R8.2, R8.12: only users whose removal, re-creation or link waits for approval.</param>
[GenerateSerializer, Immutable, Alias("ChangeStretch")]
public sealed record ChangeStretch([property: Id(0)] int Skip, [property: Id(1)] int Take, [property: Id(2)] bool HeldOnly = false)
{
    /// <summary>The most changes in one message: some 300 kB.</summary>
    public const int Most = 1_000;
}

/// <summary>Some of a run's changes.</summary>
/// <param name="Changes">The changes that were asked for, by user id.</param>
/// <param name="Total">How many there are, those that were not asked for included.</param>
[GenerateSerializer, Immutable, Alias("ChangePage")]
public sealed record ChangePage([property: Id(0)] ImmutableArray<RunChange> Changes, [property: Id(1)] int Total)
{
    /// <summary>A stretch of all changes.</summary>
    /// <param name="changes">All of them, in any order.</param>
    /// <param name="stretch">Which are wanted.</param>
    public static ChangePage Of(IEnumerable<RunChange> changes, ChangeStretch stretch)
    {
        RunChange[] wanted = [.. changes.Where(change => !stretch.HeldOnly || change.IsHeld).OrderBy(change => change.BitrixUserId)];
        return new ChangePage([.. wanted.Skip(stretch.Skip).Take(Math.Min(stretch.Take, ChangeStretch.Most))], wanted.Length);
    }
}

/// <summary>A run with some of its changes.</summary>
/// <param name="Summary">The run.</param>
/// <param name="Page">The changes so far that were asked for.</param>
[GenerateSerializer, Immutable, Alias("RunView")]
public sealed record RunView([property: Id(0)] RunSummary Summary, [property: Id(1)] ChangePage Page);

/// <summary>What is new about a run since the last look.</summary>
/// <param name="Version">To be passed to the next look.</param>
/// <param name="Run">The run as it stands.</param>
/// <param name="Done">Users dealt with.</param>
/// <param name="Total">Users to deal with; 0 until the lists are read.</param>
/// <param name="NewChanges">The changes behind those already seen, up to <see cref="ChangeStretch.Most"/>.</param>
/// <param name="Seen">How many changes are seen with these, to be passed to the next look.</param>
/// <param name="HasMore">Whether there are changes already that were too many for this look.</param>
[GenerateSerializer, Immutable, Alias("RunWatch")]
public sealed record RunWatch(
    [property: Id(0)] long Version,
    [property: Id(1)] RunSummary Run,
    [property: Id(2)] int Done,
    [property: Id(3)] int Total,
    [property: Id(4)] ImmutableArray<RunChange> NewChanges,
    [property: Id(5)] int Seen,
    [property: Id(6)] bool HasMore = false)
{
    /// <summary>The version of a run that is read from what is stored, by user id and not in the order that its changes came in.</summary>
    public const long Stored = long.MaxValue;
}
