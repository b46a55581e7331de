using System.Net;
using System.Net.Sockets;
using OrleansSync.Grains.Outbound;

namespace OrleansSync.Hosting.Outbound;

/// <summary>Answers the addresses of a host.</summary>
internal delegate Task<IPAddress[]> ResolveHost(string host, CancellationToken cancellationToken);

/// <summary>
/// Opens the connections of outgoing calls. It resolves the name itself and connects to an address that it has checked, so a name that
/// answers another address the second time (rebinding) gains nothing.
/// </summary>
internal sealed class GuardedConnect(OutboundAddressPolicy policy, ResolveHost resolve, TimeProvider timeProvider)
{
    /// <summary>
    /// Time for one address when there are more to try: a network without a working IPv6 must not use up the whole connect timeout.
    /// </summary>
    internal static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(3);

    /// <summary>Connects; the signature is that of <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <exception cref="AddressRefusedException">No address of the host may be reached.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var isEncrypted = context.InitialRequestMessage.RequestUri?.Scheme == Uri.UriSchemeHttps;
        var candidates = OutboundAddressPolicy.Literal(host) is { } literal ? [literal] : await resolve(host, cancellationToken);
        var addresses = policy.Admit(host, candidates, isEncrypted);
        foreach (var address in addresses.SkipLast(1))
        {
            try
            {
                return await ConnectAsync(new(address, port), AttemptTimeout, cancellationToken);
            }
            catch (Exception exception) when (exception is SocketException or TimeoutException)
            {
                // The next may do.
            }
        }

        return addresses.Count == 0
            ? throw new SocketException((int)SocketError.HostNotFound)
            : await ConnectAsync(new(addresses[^1], port), Timeout.InfiniteTimeSpan, cancellationToken);
    }

    private async Task<NetworkStream> ConnectAsync(IPEndPoint endPoint, TimeSpan patience, CancellationToken cancellationToken)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken).AsTask().WaitAsync(patience, timeProvider, cancellationToken);
            return new(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
