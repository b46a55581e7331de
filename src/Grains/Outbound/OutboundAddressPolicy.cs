using System.Net;

namespace OrleansSync.Grains.Outbound;

/// <summary>
/// Which addresses account URLs may reach. Whoever connects an account chooses them, so without this anybody with a key could make the
/// service call into the network it runs in. Public addresses are reached over https; others only inside the networks that the operator
/// allows.
/// </summary>
/// <param name="allowedNetworks">Networks that may be reached although they are not public, and over plain http.</param>
public sealed class OutboundAddressPolicy(IReadOnlyCollection<IPNetwork> allowedNetworks)
{
    private static readonly IPAddress[] _loopback = [IPAddress.Loopback, IPAddress.IPv6Loopback];

    /// <summary>Whether an address may be connected to.</summary>
    /// <param name="address">The very address, as it was resolved.</param>
    /// <param name="isEncrypted">Whether the connection will be https.</param>
    public bool Allows(IPAddress address, bool isEncrypted)
    {
        // The operating system connects a mapped address to the IPv4 address inside, so that one counts where the operator allows it;
        // otherwise the form is refused, as it has no use but to hide an address.
        var effective = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return SpecialNetworks.IsIn(allowedNetworks, effective) || (isEncrypted && SpecialNetworks.IsPublic(address));
    }

    /// <summary>
    /// Answers why a URL is refused by its text alone, for a person, or <see langword="null"/>. A name is judged only when it is
    /// resolved, at each call, unless it stands for this machine.
    /// </summary>
    /// <param name="uri">An absolute URL. Nothing of it but scheme and host is answered.</param>
    public string? WhyRefused(Uri uri)
    {
        var isEncrypted = uri.Scheme == Uri.UriSchemeHttps;
        if (!isEncrypted && uri.Scheme != Uri.UriSchemeHttp)
        {
            return $"the scheme {uri.Scheme} is not https";
        }

        var host = uri.IdnHost.TrimEnd('.');
        return Literal(host) is { } address
            ? WhyRefused([address], host, isEncrypted)
            : WhyNameRefused(host, isEncrypted);
    }

    /// <summary>Answers those of a host's addresses that may be connected to, in their order.</summary>
    /// <param name="host">The host that was resolved, for the message.</param>
    /// <param name="candidates">Its addresses.</param>
    /// <param name="isEncrypted">Whether the connection will be https.</param>
    /// <exception cref="AddressRefusedException">None may.</exception>
    public IReadOnlyList<IPAddress> Admit(string host, IReadOnlyCollection<IPAddress> candidates, bool isEncrypted)
    {
        var admitted = candidates.Where(address => Allows(address, isEncrypted)).ToList();
        return admitted.Count > 0 || candidates.Count == 0
            ? admitted
            : throw new AddressRefusedException($"The host {host} may not be called: {WhyRefused(candidates, host, isEncrypted)}.");
    }

    /// <summary>
    /// Answers the address that a host's text stands for in any of its spellings (decimal, octal, hexadecimal, shortened, with a final
    /// dot), or <see langword="null"/> for a name.
    /// </summary>
    /// <param name="host">The host of a URL.</param>
    public static IPAddress? Literal(string host) =>
        IPAddress.TryParse(host.TrimEnd('.').Trim('[', ']'), out var address) ? address : null;

    private string? WhyRefused(IReadOnlyCollection<IPAddress> addresses, string host, bool isEncrypted)
    {
        if (addresses.Any(address => Allows(address, isEncrypted)))
        {
            return null;
        }

        var shown = addresses.Count == 1 && addresses.First().ToString() == host
            ? "its address"
            : $"its address {string.Join(", ", addresses)}";
        return !isEncrypted && addresses.Any(address => Allows(address, isEncrypted: true))
            ? $"plain http is for the networks of OrleansSync__Outbound__AllowedNetworks only, and {shown} is in none of them; use https"
            : $"{shown} is not on the public internet and in none of the networks of OrleansSync__Outbound__AllowedNetworks";
    }

    private string? WhyNameRefused(string host, bool isEncrypted) => host switch
    {
        "" => "it has no host",
        _ when IsThisMachine(host) => WhyRefused(_loopback, host, isEncrypted),
        _ when isEncrypted || allowedNetworks.Count > 0 => null,
        _ => "plain http is for the networks of OrleansSync__Outbound__AllowedNetworks only; use https",
    };

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
}
