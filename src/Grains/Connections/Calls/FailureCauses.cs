using OrleansSync.Grains.Outbound;

namespace OrleansSync.Grains.Connections;

/// <summary>Finds in a transport's exception chain what no client knows of.</summary>
internal static class FailureCauses
{
    /// <summary>Whether the connection was refused because the address may not be reached.</summary>
    public static bool IsAddressRefused(Exception? cause) => Has(cause, static found => found is AddressRefusedException);

    /// <summary>Whether no connection came about, so that nothing was sent.</summary>
    public static bool IsNeverConnected(Exception? cause) => Has(cause, static found => found is HttpRequestException
    {
        HttpRequestError: HttpRequestError.NameResolutionError
            or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError
            or HttpRequestError.ProxyTunnelError,
    });

    private static bool Has(Exception? cause, Func<Exception, bool> isIt)
    {
        for (var found = cause; found is not null; found = found.InnerException)
        {
            if (isIt(found))
            {
                return true;
            }
        }

        return false;
    }
}
