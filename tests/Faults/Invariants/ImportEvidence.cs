using OrleansSync.Faults.Accounts;
using OrleansSync.Sandbox.CallGear;
using OrleansSync.Sandbox.Requests;
using OrleansSync.Testing.Client;

namespace OrleansSync.Faults.Invariants;

/// <summary>A moment at which the process that did the account's run ended.</summary>
/// <param name="At">When.</param>
/// <param name="Counted">From when on the two minutes count: the same moment in a cluster, the restart where there is only one
/// process.</param>
internal readonly record struct Interruption(DateTimeOffset At, DateTimeOffset Counted);

/// <summary>All that is known of one account after the faults: what was to be, what the vendor has, and what the service says.</summary>
internal sealed record ImportEvidence
{
    /// <summary>What was to be.</summary>
    public required AccountPlan Plan { get; init; }

    /// <summary>The employees that CallGear has.</summary>
    public required IReadOnlyList<Employee> Employees { get; init; }

    /// <summary>Every change of an employee, in order.</summary>
    public IReadOnlyList<EmployeeChange> Changes { get; init; } = [];

    /// <summary>Members of the account's group.</summary>
    public IReadOnlyList<long> GroupMembers { get; init; } = [];

    /// <summary>Requests to the account's vendors, in order.</summary>
    public IReadOnlyList<RequestRecord> Requests { get; init; } = [];

    /// <summary>The service's rows by user.</summary>
    public required IReadOnlyDictionary<long, Row> Rows { get; init; }

    /// <summary>The service's list of responsible employees.</summary>
    public required IReadOnlyList<Responsible> Responsible { get; init; }

    /// <summary>The service's runs with their changes.</summary>
    public required IReadOnlyList<Run> Runs { get; init; }

    /// <summary>When the process that did the account's run ended.</summary>
    public IReadOnlyList<Interruption> Interruptions { get; init; } = [];
}
