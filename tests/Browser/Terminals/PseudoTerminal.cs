using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Win32.SafeHandles;

namespace OrleansSync.Browser.Terminals;

/// <summary>A terminal without a screen: what a process writes to it can be read here.</summary>
internal sealed class PseudoTerminal : IDisposable
{
    private const int ReadAndWrite = 2;
    private const int NotTheProcesssOwn = 0x100;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(120);

    private readonly FileStream _screen;
    private readonly string _path;

    private PseudoTerminal(FileStream screen, string path) => (_screen, _path) = (screen, path);

    /// <summary>The beginning of a command line whose program writes to the terminal.</summary>
    public string[] Starter => ["sh", "-c", "exec \"$@\" >\"$0\"", _path];

    /// <summary>Opens a new one.</summary>
    /// <exception cref="IOException">The system has none to give.</exception>
    public static PseudoTerminal Open()
    {
        var terminal = OpenTerminal(ReadAndWrite | NotTheProcesssOwn);
        var path = new byte[64];
        return terminal >= 0 && Grant(terminal) == 0 && Unlock(terminal) == 0 && NameOf(terminal, path, (nuint)path.Length) == 0
            ? new PseudoTerminal(
                new FileStream(new SafeFileHandle(terminal, ownsHandle: true), FileAccess.Read, bufferSize: 0),
                Encoding.ASCII.GetString(path).TrimEnd('\0'))
            : throw new IOException("The system gives no pseudo terminal.");
    }

    /// <summary>Reads until something is written, and answers it.</summary>
    /// <exception cref="TimeoutException">It was not written in time.</exception>
    public async Task<string> ReadAsync(Regex wanted, CancellationToken cancellationToken)
    {
        var seen = new StringBuilder();
        var buffer = new byte[4096];
        while (true)
        {
            var length = await _screen.ReadAsync(buffer, cancellationToken).AsTask()
                .WaitAsync(_patience, TimeProvider.System, cancellationToken);
            seen.Append(Encoding.UTF8.GetString(buffer, 0, length));
            if (wanted.Match(seen.ToString()) is { Success: true } found)
            {
                return found.Value;
            }
        }
    }

    public void Dispose() => _screen.Dispose();

    [DllImport("libc", EntryPoint = "posix_openpt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OpenTerminal(int flags);

    [DllImport("libc", EntryPoint = "grantpt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Grant(int terminal);

    [DllImport("libc", EntryPoint = "unlockpt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Unlock(int terminal);

    [DllImport("libc", EntryPoint = "ptsname_r")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NameOf(int terminal, [Out] byte[] path, nuint length);
}
