using System.Net;
using System.Net.Sockets;

namespace OrleansSync.Grains.Outbound;

/// <summary>
/// Which addresses lie on the public internet, by IANA's registries of special-purpose addresses (RFC 6890 and its successors).
/// </summary>
internal static class SpecialNetworks
{
    private static readonly IPNetwork _globalUnicastV6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] _specialV4 = Parse(
        "0.0.0.0/8", // this network; on Linux 0.0.0.0 connects to the machine itself
        "10.0.0.0/8", // private
        "100.64.0.0/10", // carrier-grade NAT
        "127.0.0.0/8", // loopback
        "169.254.0.0/16", // link-local, where clouds keep their metadata service
        "172.16.0.0/12", // private
        "192.0.0.0/24", // protocol assignments
        "192.0.2.0/24", // documentation
        "192.88.99.0/24", // 6to4 relays
        "192.168.0.0/16", // private
        "198.18.0.0/15", // benchmarks
        "198.51.100.0/24", // documentation
        "203.0.113.0/24", // documentation
        "224.0.0.0/4", // multicast
        "240.0.0.0/4"); // reserved, and broadcast

    // Everything outside 2000::/3 is special anyway: loopback, link-local, unique local, multicast, and ::/96 and 64:ff9b::/96 that carry
    // an IPv4 address.
    private static readonly IPNetwork[] _specialV6 = Parse(
        "2001::/23", // protocol assignments, with Teredo, which carries an IPv4 address
        "2001:db8::/32", // documentation
        "2002::/16", // 6to4, which carries an IPv4 address
        "3fff::/20"); // documentation

    /// <summary>Whether an address is one that anybody on the internet could reach.</summary>
    public static bool IsPublic(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => !IsIn(_specialV4, address),

        // A mapped address must not get as far as a network of IPv6: IPNetwork.Contains of .NET 10 then compares the IPv4 bits and finds
        // 10.0.0.1 in 2000::/3.
        AddressFamily.InterNetworkV6 =>
            !address.IsIPv4MappedToIPv6 && address.ScopeId == 0 && _globalUnicastV6.Contains(address) && !IsIn(_specialV6, address),
        _ => false,
    };

    /// <summary>Whether an address, which is not an IPv4 address mapped to IPv6, lies in one of the networks.</summary>
    public static bool IsIn(IEnumerable<IPNetwork> networks, IPAddress address) => networks.Any(network => network.Contains(address));

    private static IPNetwork[] Parse(params string[] networks) => [.. networks.Select(IPNetwork.Parse)];
}
