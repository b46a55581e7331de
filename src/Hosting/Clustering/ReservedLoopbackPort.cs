using System.Net;
using System.Net.Sockets;

namespace OrleansSync.Hosting.Clustering;

/// <summary>
/// A loopback port that the operating system has given to this process alone. The socket stays bound from the choice of the port to the
/// listening on it, so no other process can take the port in between and there is nothing to try again.
/// </summary>
internal sealed class ReservedLoopbackPort : IDisposable
{
    private Socket? _socket;

    public ReservedLoopbackPort()
    {
        _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ExclusiveAddressUse = true };
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        EndPoint = (IPEndPoint)_socket.LocalEndPoint!;
    }

    /// <summary>The loopback address and the port.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Hands the bound socket over to the one who will listen on it.</summary>
    /// <exception cref="InvalidOperationException">It was handed over before.</exception>
    public Socket Take() => Interlocked.Exchange(ref _socket, null)
        ?? throw new InvalidOperationException($"The port {EndPoint.Port} was handed over before.");

    /// <inheritdoc />
    public void Dispose() => Interlocked.Exchange(ref _socket, null)?.Dispose();
}
