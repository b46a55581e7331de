using OrleansSync.Sandbox;
using OrleansSync.Sandbox.Faults;
using OrleansSync.Sandbox.Requests;

namespace OrleansSync.Faults.Campaign;

/// <summary>
/// CallGear's own troubles: writes that are lost on their way, whose answers are lost, and refusals for no reason; about every tenth is
/// struck.
/// </summary>
internal sealed class VendorTrouble : IDisposable
{
    private const double Share = 0.02;
    private readonly FaultHandle[] _faults;

    /// <summary>Switches the troubles on.</summary>
    public VendorTrouble(SandboxServer sandbox, Random random)
    {
        _faults =
        [
            Add(new Fault { Kind = FaultKind.Drop, Method = "create.employees", Executed = true }),
            Add(new Fault { Kind = FaultKind.Drop, Method = "create.employees" }),
            Add(new Fault { Kind = FaultKind.Html, Method = "create.employees", Executed = true }),
            Add(new Fault { Kind = FaultKind.CutOff, Method = "create.employees" }),
            Add(new Fault { Kind = FaultKind.Error, Method = "create.employees", Code = "internal_error", Executed = true }),
            Add(new Fault { Kind = FaultKind.Error, Method = "create.employees", Code = "internal_error" }),
            Add(new Fault { Kind = FaultKind.Drop, Method = "update.employees", Executed = true }),
            Add(new Fault { Kind = FaultKind.Html, Method = "get.employees" }),
        ];

        FaultHandle Add(Fault fault) =>
            sandbox.Faults.Add(fault with { Vendor = Vendor.CallGear, Probability = Share, Seed = random.Next() });
    }

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(_faults, fault => fault.Dispose());
}
