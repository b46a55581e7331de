using OrleansSync.Grains.Outbound;
using OrleansSync.Vendors.Http;

namespace OrleansSync.Grains.Connections.Calls;

/// <summary>Finds in a transport's exception chain what no client knows of.</summary>
internal static class FailureCauses
{
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
