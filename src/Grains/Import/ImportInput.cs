using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Grains.Import;

/// <summary>Everything a run decides on.</summary>
internal sealed record ImportInput
{
    /// <summary>The users Bitrix24 has; with <see cref="OnlyUser"/> that user alone, or nobody.</summary>
    public required ImmutableArray<PortalUser> Users { get; init; }

    public required ImmutableArray<AccountEmployee> Employees { get; init; }

    /// <summary>The users known from earlier runs, by id.</summary>
    public required ImmutableSortedDictionary<long, UserRow> Roster { get; init; }

    /// <summary>The portal's edition (R2.1).</summary>
    public Bitrix24Edition Edition { get; init; }

    public AccountSettings Settings { get; init; } = AccountSettings.Default;

    /// <summary>Who waits for approval from earlier runs.</summary>
    public AwaitingApproval Awaiting { get; init; } = AwaitingApproval.None;

    /// <summary>Whom a person approved for this run.</summary>
    public AwaitingApproval Approved { get; init; } = AwaitingApproval.None;

    /// <summary>R8.8: the only user the run deals with; null for all.</summary>
    public long? OnlyUser { get; init; }
}
