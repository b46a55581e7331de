using System.Net;
using System.Net.Sockets;
using OrleansSync.Storage;

namespace OrleansSync.Api.Hosting;

/// <summary>
/// Looks whether the addresses are free before anything starts. The server would find out as well, but only when the silo runs: then the
/// message drowns in the noise of a silo that is torn down again.
/// </summary>
internal static class AddressCheck
{
    /// <summary>Refuses to start when another program has an address.</summary>
    /// <param name="urls">The addresses to serve at, separated by semicolons.</param>
    /// <exception cref="StartRefusedException">An address is taken, or is not one.</exception>
    public static void RequireFree(string urls)
    {
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            try
            {
                var address = BindingAddress.Parse(url);
                if (!address.IsUnixPipe && address.Port != 0 && IPOf(address.Host) is { } ip)
                {
                    using var listener = new TcpListener(ip, address.Port);
                    listener.Start();
                }
            }
            catch (FormatException exception)
            {
                throw new StartRefusedException(
                    $"{url} is not an address to serve at. Set ASPNETCORE_URLS to one such as http://127.0.0.1:5080.", exception);
            }
            catch (SocketException exception)
            {
                throw new StartRefusedException(
                    $"The service cannot serve at {url}: {exception.Message}. Stop the program that has the address, or set "
                    + "ASPNETCORE_URLS to another.", exception);
            }
        }
    }

    private static IPAddress? IPOf(string host) => host switch
    {
        "localhost" => IPAddress.Loopback,
        "*" or "+" => IPAddress.Any,
        _ => IPAddress.TryParse(host.Trim('[', ']'), out var ip) ? ip : null,
    };
}
