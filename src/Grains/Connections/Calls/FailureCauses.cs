using OrleansSync.Grains.Outbound;
using OrleansSync.Vendors.Http;

namespace OrleansSync.Grains.Connections.Calls;

/// <summary>Finds in a failure what no client knows of.</summary>
internal static class FailureCauses
{
    /// <summary>Whether the answer may have been given up because it took too long: where it is made, on the way, or here.</summary>
    public static bool MayBeTooSlow(this VendorError error) =>
        error is { IsTransient: true, IsNeverConnected: false } && !error.IsAddressRefused();

    /// <summary>Whether the connection was refused because the address may not be reached.</summary>
    public static bool IsAddressRefused(this VendorError error)
    {
        for (var found = error.Cause; found is not null; found = found.InnerException)
        {
            if (found is AddressRefusedException)
            {
                return true;
            }
        }

        return false;
    }
}
