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
        for (var index = 0; index < addresses.Count - 1; index++)
        {
            if (await TryConnectAsync(new(addresses[index], port), cancellationToken) is { } stream)
            {
                return stream;
            }
        }

        return addresses.Count == 0
            ? throw new SocketException((int)SocketError.HostNotFound)
            : await ConnectAsync(new IPEndPoint(addresses[^1], port), cancellationToken);
    }

    private async Task<NetworkStream?> TryConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(AttemptTimeout, timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await ConnectAsync(endPoint, linked.Token);
        }
        catch (Exception exception) when (exception is SocketException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    private static async Task<NetworkStream> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken);
            return new(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
