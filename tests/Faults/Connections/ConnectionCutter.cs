using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;
using OrleansSync.Testing.Processes;

namespace OrleansSync.Faults.Connections;

/// <summary>
/// Cuts TCP connections of a process that the tests started: takes a copy of each socket (<c>pidfd_getfd</c>, Linux 5.6) and shuts it down,
/// upon which both ends see the connection break. Whoever may debug a process may do so; a container without the capability SYS_PTRACE may
/// not.
/// </summary>
internal static partial class ConnectionCutter
{
    // The same on all architectures, because they are newer than the unified table.
    private const long PidfdOpen = 434;
    private const long PidfdGetfd = 438;
    private const int BothDirections = 2;

    /// <summary>Cuts the connections between a process and any of some ports of the loopback addresses.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="Win32Exception">The system does not let this process do so.</exception>
    public static int Cut(ServiceProcess process, IReadOnlyCollection<int> ports)
    {
        var sockets = ConnectedTo(ports);
        var owner = Checked(Call(PidfdOpen, process.Id, 0, 0));
        try
        {
            var cut = 0;
            foreach (var descriptor
                in Directory.EnumerateFileSystemEntries($"/proc/{process.Id}/fd").Where(entry => IsOneOf(entry, sockets)).ToArray())
            {
                var copy = Checked(Call(PidfdGetfd, owner, int.Parse(Path.GetFileName(descriptor), CultureInfo.InvariantCulture), 0));
                cut += Shutdown(copy, BothDirections) == 0 ? 1 : 0;
                _ = Close(copy);
            }

            return cut;
        }
        finally
        {
            _ = Close(owner);
        }
    }

    private static bool IsOneOf(string descriptor, HashSet<string> sockets)
    {
        try
        {
            return File.ResolveLinkTarget(descriptor, returnFinalTarget: false) is { Name: var name } && sockets.Contains(name);
        }
        catch (IOException)
        {
            // Closed since it was listed.
            return false;
        }
    }

    // Lines of "sl local_address rem_address st … inode", addresses as hexadecimal ADDRESS:PORT; state 01 is an established connection.
    private static HashSet<string> ConnectedTo(IReadOnlyCollection<int> ports) =>
    [
        .. File.ReadLines("/proc/net/tcp").Concat(File.ReadLines("/proc/net/tcp6"))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields =>
                fields.Length > 9 && fields[3] == "01" && (ports.Contains(PortOf(fields[1])) || ports.Contains(PortOf(fields[2]))))
            .Select(fields => $"socket:[{fields[9]}]"),
    ];

    private static int PortOf(string address) =>
        int.Parse(address.AsSpan(address.IndexOf(':') + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static int Checked(long result) => result >= 0 ? (int)result : throw new Win32Exception(Marshal.GetLastPInvokeError());

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial long Call(long number, long first, long second, long third);

    [LibraryImport("libc", EntryPoint = "shutdown", SetLastError = true)]
    private static partial int Shutdown(int socket, int how);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
