using System.Net;
using System.Net.Sockets;

namespace OrleansSync.Faults.Connections;

/// <summary>
/// A loopback port that passes everything on to another, each piece later by a time, and can drop all connections at once.
/// </summary>
internal sealed class DelayingProxy : IAsyncDisposable
{
    private const int PieceBytes = 64 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly int _target;
    private readonly Task _accepting;

    private DelayingProxy(int target, TimeSpan delay)
    {
        _target = target;
        Delay = delay;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>The proxy's port.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>By how much each piece comes later, in each direction.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Starts a proxy in front of a port.</summary>
    public static DelayingProxy Start(int target, TimeSpan delay) => new(target, delay);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stopping.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient { NoDelay = true };
        client.NoDelay = true;
        using (client)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _target, _stopping.Token);
                await Task.WhenAny(PassAsync(client, server), PassAsync(server, client));
            }
            catch (Exception exception) when (IsEnd(exception))
            {
                // The other end is away: so is this one, as soon as both are closed.
            }
        }
    }

    private async Task PassAsync(TcpClient from, TcpClient to)
    {
        var piece = new byte[PieceBytes];
        try
        {
            while (await from.GetStream().ReadAsync(piece, _stopping.Token) is > 0 and var length)
            {
                await Task.Delay(Delay, TimeProvider.System, _stopping.Token);
                await to.GetStream().WriteAsync(piece.AsMemory(0, length), _stopping.Token);
            }
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // One direction ended, and the other ends with it.
        }
    }

    private static bool IsEnd(Exception exception) =>
        exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException;
}
