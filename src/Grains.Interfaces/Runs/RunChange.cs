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

/// <summary>
/// What a change is to whoever looks through a run. Changes are listed in this order: what went wrong or needs a person comes first.
/// </summary>
[GenerateSerializer, Alias("ChangeKind")]
public enum ChangeKind
{
    /// <summary>R8.5: something went wrong.</summary>
    Failed,

    /// <summary>R8.1, R8.2, R8.12: a removal, a re-creation or a link waits for approval.</summary>
    Held,

    /// <summary>R6.3: an employee left the list of the responsible employees.</summary>
    Left,

    /// <summary>R6.3: a deleted user is back.</summary>
    Returned,

    /// <summary>R5.6: a matched employee got a number.</summary>
    Updated,

    /// <summary>R3.2: an employee was found by e-mail address and linked.</summary>
    Linked,

    /// <summary>R3.3: an employee was created.</summary>
    Created,

    /// <summary>R2.4, R3.4, R3.5: the user is not imported, and nothing waits for approval.</summary>
    NotImported,
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

    /// <summary>The address that the user has now; null where there is none, or none was read.</summary>
    [Id(6)] public string? Email { get; init; }

    /// <summary>R8.1, R8.2, R8.12: whether it waits for approval.</summary>
    public bool IsHeld => Reason?.Code is ProblemCode.DeletionGuard or ProblemCode.RecreationGuard or ProblemCode.PortalChanged;

    /// <summary>What it is to whoever looks through the run.</summary>
    public ChangeKind Kind => IsHeld ? ChangeKind.Held : KindOf(Outcome);

    /// <summary>What changes with an outcome are that wait for no approval.</summary>
    /// <param name="outcome">What happened.</param>
    public static ChangeKind KindOf(ChangeOutcome outcome) => outcome switch
    {
        ChangeOutcome.Created => ChangeKind.Created,
        ChangeOutcome.Linked => ChangeKind.Linked,
        ChangeOutcome.PhoneAdded => ChangeKind.Updated,
        ChangeOutcome.Skipped => ChangeKind.NotImported,
        ChangeOutcome.RemovedFromResponsible => ChangeKind.Left,
        ChangeOutcome.Returned => ChangeKind.Returned,
        _ => ChangeKind.Failed,
    };
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
    /// <summary>What it waits for at the moment; null for nothing that lasts a second.</summary>
    [Id(7)] public VendorWait? WaitsFor { get; init; }

    /// <summary>
    /// The version of a run that is read from what is stored, in the order of <see cref="ChangePage"/> and not in the one that its changes
    /// came in.
    /// </summary>
    public const long Stored = long.MaxValue;
}
