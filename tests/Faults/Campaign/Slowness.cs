using OrleansSync.Sandbox;
using OrleansSync.Sandbox.Faults;
using OrleansSync.Sandbox.Requests;

namespace OrleansSync.Faults.Campaign;

/// <summary>Delays before and after CallGear carries a method out, so that a kill falls on each side of it.</summary>
internal sealed class Slowness : IDisposable
{
    private readonly SandboxServer _sandbox;
    private readonly FaultHandle[] _delays;

    /// <summary>Switches the delays on.</summary>
    public Slowness(SandboxServer sandbox, Random random)
    {
        _sandbox = sandbox;
        _delays =
        [
            Delay(random.Next(5, 40), executed: false, share: null),
            Delay(random.Next(5, 40), executed: true, share: null),
            Delay(random.Next(50, 250), executed: false, share: 0.1),
            Delay(random.Next(50, 250), executed: true, share: 0.1),
        ];

        FaultHandle Delay(int milliseconds, bool executed, double? share) => sandbox.Faults.Add(new Fault
        {
            Kind = FaultKind.Latency,
            Vendor = Vendor.CallGear,
            DelaySeconds = milliseconds / 1000d,
            Executed = executed,
            Probability = share,
            Seed = random.Next(),
        });
    }

    /// <summary>Holds all creates until it is disposed of, so that the accounts of a round begin together.</summary>
    public FaultHandle HoldCreates() => _sandbox.Faults.Add(new Fault { Kind = FaultKind.Hold, Method = "create.employees" });

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(_delays, delay => delay.Dispose());
}
