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
    /// <param name="addresses">The addresses to serve at.</param>
    /// <exception cref="StartRefusedException">An address is taken, or is not one.</exception>
    public static void RequireFree(IEnumerable<ServedAddress> addresses)
    {
        foreach (var address in addresses)
        {
            var binding = Parse(address);
            if (binding.IsUnixPipe || binding.Port == 0 || IPOf(binding.Host) is not { } ip)
            {
                continue;
            }

            try
            {
                using var listener = new TcpListener(ip, binding.Port);
                listener.Start();
            }
            catch (SocketException exception)
            {
                throw new StartRefusedException(
                    $"The service cannot serve at {address.Url}: {exception.Message}. Stop the program that has the address, or set "
                    + $"{address.Setting} to another.", exception);
            }
        }
    }

    private static BindingAddress Parse(ServedAddress address)
    {
        try
        {
            var binding = BindingAddress.Parse(address.Url);
            return binding.IsUnixPipe || HasPort(binding) ? binding : throw NotAnAddress(address);
        }
        catch (FormatException exception)
        {
            throw NotAnAddress(address, exception);
        }
    }

    // What stands where a port should and is no number counts as part of the host.
    private static bool HasPort(BindingAddress binding) =>
        binding.Port <= IPEndPoint.MaxPort && (binding.Host.StartsWith('[') || !binding.Host.Contains(':'));

    private static StartRefusedException NotAnAddress(ServedAddress address, Exception? cause = null) =>
        new($"{address.Url} is not an address to serve at. Set {address.Setting} to one such as {address.Example}.", cause);

    private static IPAddress? IPOf(string host) => host switch
    {
        "localhost" => IPAddress.Loopback,
        "*" or "+" => IPAddress.Any,
        _ => IPAddress.TryParse(host.Trim('[', ']'), out var ip) ? ip : null,
    };
}
