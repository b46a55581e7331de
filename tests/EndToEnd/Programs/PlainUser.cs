using System.Diagnostics;
using System.Runtime.Versioning;

namespace OrleansSync.EndToEnd.Programs;

/// <summary>
/// Starts programs as this user, and as root without root's power over the files of others. What shall be forbidden belongs to nobody; a
/// user who cannot give files away takes the rights to them from itself.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal static class PlainUser
{
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The command line that starts programs.</summary>
    public static string[] Starter => Environment.IsPrivilegedProcess ? ["setpriv", "--bounding-set=-all", "--inh-caps=-all", "--"] : [];

    /// <summary>What messages call this user, up to its number.</summary>
    public static string Name => $"user {Environment.UserName} (uid ";

    /// <summary>What such a user is told to do about a file; a pattern.</summary>
    public static string RemedyFor(string file) => Environment.IsPrivilegedProcess
        ? $@"\(chown 0 {file}\), or .* \(chmod o\+rw? {file}\)"
        : $@"chmod u\+rw? {file}";

    /// <summary>Keeps a file or directory from this user.</summary>
    /// <returns>How messages describe it.</returns>
    public static async Task<string> ForbidAsync(string path)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            File.SetUnixFileMode(path, UnixFileMode.None);
            return "has mode 0000 and belongs to ";
        }

        var isDirectory = Directory.Exists(path);
        File.SetUnixFileMode(path, isDirectory ? OwnFile | UnixFileMode.UserExecute : OwnFile);
        using var chown = Process.Start("chown", ["nobody", path]);
        await chown.WaitForExitAsync(TestContext.Current.CancellationToken);
        return $"has mode {(isDirectory ? "0700" : "0600")} and belongs to user nobody (uid 65534) and group ";
    }
}
