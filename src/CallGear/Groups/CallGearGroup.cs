namespace OrleansSync.CallGear.Groups;

/// <summary>
/// A group of employees. An update replaces the members and wants the name and the lines as they were read, so change a copy of what
/// was read: <c>group with { MemberIds = … }</c>.
/// </summary>
public sealed record CallGearGroup
{
    /// <summary>The group's id, positive.</summary>
    public required long Id { get; init; }

    /// <summary>The group's name.</summary>
    public required string Name { get; init; }

    /// <summary>Lines to ring at the same time; null where the account's plan has none, or they are not to be sent.</summary>
    public int? ChannelsCount { get; init; }

    /// <summary>Ids of the employees in the group.</summary>
    public IReadOnlyList<long> MemberIds { get; init; } = [];
}
