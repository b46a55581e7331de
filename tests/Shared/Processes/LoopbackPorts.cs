using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace OrleansSync.Testing.Processes;

/// <summary>TCP ports on loopback.</summary>
internal static class LoopbackPorts
{
    // Below the ports that systems give to outgoing connections: one of those could sit on the port of a process while that is down for a
    // moment.
    private const int First = 20_000;
    private const int Last = 31_999;

    /// <summary>Ports that are free now, all different.</summary>
    public static int[] TakeFree(int count)
    {
        var ports = new HashSet<int>();
        while (ports.Count < count)
        {
            var port = RandomNumberGenerator.GetInt32(First, Last);
            if (IsFree(port))
            {
                ports.Add(port);
            }
        }

        return [.. ports];
    }

    /// <summary>Whether a process could listen on the port now.</summary>
    public static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        // As servers do: a port whose last connections are still winding down counts as free.
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
