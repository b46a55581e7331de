using OrleansSync.Grains.Connections.Limits;

namespace OrleansSync.Grains.Connections.CallGear;

/// <summary>What readings of an account's employees have taught. What its calls prove themselves with is in the account's row.</summary>
internal sealed record CallGearConnectionState
{
    /// <summary>The generation of the connection that this was learned with: another may be to another account.</summary>
    public long Generation { get; init; }

    /// <summary>Employees in one page; null where CallGear was never slow.</summary>
    public RequestSize? Employees { get; init; }

    /// <summary>What was learned with a generation of the connection.</summary>
    public RequestSize? EmployeesOf(long generation) => Generation == generation ? Employees : null;

    /// <summary>The state with what a reading has taught; the same instance when it was taught with an earlier connection.</summary>
    public CallGearConnectionState Learned(long generation, RequestSize? employees) =>
        Generation > generation || (Generation == generation && Employees == employees)
            ? this
            : new CallGearConnectionState { Generation = generation, Employees = employees };
}
