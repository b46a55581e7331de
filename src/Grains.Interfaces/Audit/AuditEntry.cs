using System.Collections.Immutable;

namespace OrleansSync.Grains.Interfaces.Audit;

/// <summary>What kind of caller changed something.</summary>
[GenerateSerializer, Alias("AuditActorKind")]
public enum AuditActorKind
{
    /// <summary>The bearer of the operator's key.</summary>
    Operator,

    /// <summary>The bearer of one of the account's keys.</summary>
    Account,

    /// <summary>A person who signed in with an identity provider.</summary>
    Oidc,

    /// <summary>The service itself.</summary>
    System,
}

/// <summary>Who changed something.</summary>
/// <param name="Kind">The kind of caller.</param>
/// <param name="Id">Which one: a key's id or a subject; null where there is only one.</param>
[GenerateSerializer, Immutable, Alias("AuditActor")]
public sealed record AuditActor([property: Id(0)] AuditActorKind Kind, [property: Id(1)] string? Id);

/// <summary>A member's value before and after.</summary>
/// <param name="From">The value before; null when there was none.</param>
/// <param name="To">The value after; null when there is none.</param>
[GenerateSerializer, Immutable, Alias("AuditChange")]
public sealed record AuditChange([property: Id(0)] string? From, [property: Id(1)] string? To);

/// <summary>One detail of an entry: either a plain value or a change. Secrets appear only as the value <c>changed</c>.</summary>
/// <param name="Name">The member's name or path.</param>
/// <param name="Value">The value, when it is not a change.</param>
/// <param name="Change">The change, when it is one.</param>
[GenerateSerializer, Immutable, Alias("AuditDetail")]
public sealed record AuditDetail([property: Id(0)] string Name, [property: Id(1)] string? Value, [property: Id(2)] AuditChange? Change);

/// <summary>One entry of an account's audit trail.</summary>
[GenerateSerializer, Immutable, Alias("AuditEntry")]
public sealed record AuditEntry
{
    /// <summary>When it was done.</summary>
    [Id(0)] public required DateTimeOffset At { get; init; }

    /// <summary>Who did it.</summary>
    [Id(1)] public required AuditActor Actor { get; init; }

    /// <summary>What was done, such as <c>account.connected</c>.</summary>
    [Id(2)] public required string Action { get; init; }

    /// <summary>The address the request came from; null when it is not known.</summary>
    [Id(3)] public string? From { get; init; }

    /// <summary>What it changed.</summary>
    [Id(4)] public ImmutableArray<AuditDetail> Details { get; init; } = [];
}
