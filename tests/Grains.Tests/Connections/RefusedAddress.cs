namespace OrleansSync.Grains.Tests.Connections;

internal static class RefusedAddress
{
    public static Exception Exception { get; } = new AddressRefusedException();

    private sealed class AddressRefusedException : Exception;
}
