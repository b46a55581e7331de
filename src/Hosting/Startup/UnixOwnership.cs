using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace OrleansSync.Hosting.Startup;

/// <summary>Who owns a file or directory and what its mode is, in words.</summary>
/// <param name="Mode">The mode.</param>
/// <param name="Owner">The owner's uid; <see langword="null"/> where this system does not tell.</param>
/// <param name="Group">The group's gid; <see langword="null"/> where this system does not tell.</param>
[UnsupportedOSPlatform("windows")]
internal sealed record UnixOwnership(UnixFileMode Mode, uint? Owner, uint? Group)
{
    // The same on every architecture: offsets and sizes of the kernel's struct statx.
    private const int StatxSize = 256;
    private const int StatxUid = 20;
    private const int StatxGid = 24;
    private const uint StatxOwners = 0x18;
    private const int CurrentDirectory = -100;

    /// <summary>The uid that this process acts as.</summary>
    public static uint CurrentUser => GetEffectiveUser();

    /// <summary>Looks at a file or directory; <see langword="null"/> when this user may not even do that, or it is not there.</summary>
    public static UnixOwnership? Of(string path)
    {
        try
        {
            var (owner, group) = OwnersOf(path);
            return new(File.GetUnixFileMode(path), owner, group);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A user with the name that this system has for it, if any.</summary>
    public static string NameOfUser(uint user) => Name("user", "uid", "/etc/passwd", user);

    /// <inheritdoc />
    public override string ToString()
    {
        var mode = $"has mode {Convert.ToString((int)Mode, 8).PadLeft(4, '0')}";
        return (Owner, Group) is ({ } owner, { } group)
            ? $"{mode} and belongs to {NameOfUser(owner)} and {Name("group", "gid", "/etc/group", group)}"
            : mode;
    }

    private static (uint? Owner, uint? Group) OwnersOf(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return default;
        }

        var answer = new byte[StatxSize];
        try
        {
            return Statx(CurrentDirectory, Encoding.UTF8.GetBytes(path + '\0'), 0, StatxOwners, answer) == 0
                ? (Number(StatxUid), Number(StatxGid))
                : default;
        }
        catch (EntryPointNotFoundException)
        {
            // An older C library.
            return default;
        }

        uint Number(int offset) => BitConverter.ToUInt32(answer, offset);
    }

    private static string Name(string kind, string numberKind, string listing, uint number)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        try
        {
            var entry = File.ReadLines(listing).Select(line => line.Split(':')).FirstOrDefault(line => line.Length > 2 && line[2] == text);
            return entry is null ? $"{numberKind} {text}" : $"{kind} {entry[0]} ({numberKind} {text})";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"{numberKind} {text}";
        }
    }

    [DllImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint GetEffectiveUser();

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(int directory, byte[] path, int flags, uint mask, [Out] byte[] answer);
}
