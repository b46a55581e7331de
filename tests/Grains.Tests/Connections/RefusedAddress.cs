using OrleansSync.Grains.Outbound;

namespace OrleansSync.Grains.Tests.Connections;

internal static class RefusedAddress
{
    /// <summary>What the outbound guard throws, as the transport wraps it.</summary>
    public static Exception Exception { get; } = new IOException(
        "Not connected.", new AddressRefusedException("portal.example may not be reached."));
}
