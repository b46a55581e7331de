using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace OrleansSync.Hosting.Clustering;

/// <summary>Listens for silos on the port that was reserved for this process, instead of binding one by its number.</summary>
internal sealed class ReservedPortListenerFactory(ReservedLoopbackPort port, ILoggerFactory loggerFactory) : IConnectionListenerFactory
{
    private readonly SocketTransportFactory _transport = new(
        Options.Create(new SocketTransportOptions { CreateBoundListenSocket = _ => port.Take() }), loggerFactory);

    /// <inheritdoc />
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        _transport.BindAsync(endpoint, cancellationToken);
}
