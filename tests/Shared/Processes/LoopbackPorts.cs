using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace OrleansSync.Testing.Processes;

/// <summary>
/// TCP ports on loopback, out of a block that this process has to itself: no other process of tests takes one of them between the look
/// whether it is free and the moment when somebody listens there.
/// </summary>
internal static class LoopbackPorts
{
    // Below the ports that systems give to outgoing connections: one of those could sit on the port of a process while that is down for a
    // moment. The blocks end below the gateways of docker-compose.yml, which a test starts as they are.
    private const int First = 20_000;
    private const int Blocks = 32;
    private const int BlockSize = 300;

    private static readonly Lock _lock = new();

    // Open for as long as the process lives: the system lets go of it however the process ends.
    private static FileStream? _mark;
    private static int _block;
    private static int _taken;

    /// <summary>Ports that are free now, all different.</summary>
    public static int[] TakeFree(int count)
    {
        lock (_lock)
        {
            _mark ??= MarkBlock();
            var ports = new HashSet<int>();
            while (ports.Count < count)
            {
                var port = First + (_block * BlockSize) + (_taken++ % BlockSize);
                if (IsFree(port))
                {
                    ports.Add(port);
                }
            }

            return [.. ports];
        }
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

    private static FileStream MarkBlock()
    {
        for (_block = 0; _block < Blocks; _block++)
        {
            var file = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"orleanssync-test-ports-{_block}"));
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Another process has it, perhaps another user's.
            }
        }

        throw new InvalidOperationException($"{Blocks} processes of tests run already, each with ports of its own.");
    }
}
