using System.Security.Cryptography;
using OrleansSync.Storage;

namespace OrleansSync.Hosting.Startup;

/// <summary>
/// The directory with the SQLite file and the keys, owned by one process at a time. Only the user who runs the process can read it.
/// </summary>
public sealed class DataDirectory : IDisposable
{
    private const string LockFileName = "orleanssync.lock";
    private const UnixFileMode OwnerOnlyDirectory = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerOnlyFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const string Elsewhere = "Or set OrleansSync__DataDirectory to another directory.";

    private readonly FileStream _lock;

    private DataDirectory(string path, FileStream @lock)
    {
        FullPath = path;
        _lock = @lock;
    }

    /// <summary>Absolute path of the directory.</summary>
    public string FullPath { get; }

    /// <summary>The SQLite file with states and reminders.</summary>
    public string DatabaseFile => Path.Combine(FullPath, "orleanssync.db");

    /// <summary>The directory of the key ring.</summary>
    public string KeyRingDirectory => Path.Combine(FullPath, "key-ring");

    /// <summary>The file that protects the key ring, unless the settings name another.</summary>
    public string KeyFile => Path.Combine(FullPath, "key-file");

    /// <summary>The file with the operator's key, unless the settings hold it.</summary>
    public string OperatorKeyFile => Path.Combine(FullPath, "operator-key");

    /// <summary>
    /// Makes the directory where it is missing and takes it for this process until <see cref="Dispose"/> or the process's end.
    /// </summary>
    /// <param name="path">Absolute path.</param>
    /// <exception cref="StartRefusedException">Another process has it, or it cannot be made or written.</exception>
    public static DataDirectory Open(string path)
    {
        try
        {
            CreatePrivateDirectory(path);
        }
        catch (IOException exception)
        {
            throw new StartRefusedException(
                $"The data directory {path} cannot be made: {exception.Message} Set OrleansSync__DataDirectory to a directory that this "
                + "user may write.", exception);
        }

        var directory = new DataDirectory(path, Lock(path));
        try
        {
            directory.RequireRights();
            return directory;
        }
        catch (StartRefusedException)
        {
            directory.Dispose();
            throw;
        }
    }

    /// <summary>The refusal of a directory on a disk that is full, broken, or may only be read.</summary>
    /// <param name="path">Absolute path of the directory.</param>
    /// <param name="exception">What the operating system said.</param>
    public static StartRefusedException NotWritable(string path, Exception exception) => new(
        $"The data directory {path} cannot be written: {exception.Message} Free some space or mount its disk for writing, or set "
        + "OrleansSync__DataDirectory to another directory.",
        exception);

    /// <summary>Makes a directory that only this user can read, or narrows an existing one's rights to that.</summary>
    /// <exception cref="StartRefusedException">It is another user's, or this user may not make it.</exception>
    internal static void CreatePrivateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        try
        {
            Directory.CreateDirectory(path, OwnerOnlyDirectory);
            File.SetUnixFileMode(path, OwnerOnlyDirectory);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw ForbiddenPath.ToOwn("The data directory", path, exception, Elsewhere);
        }
    }

    /// <summary>
    /// Writes a file that only this user can read, whole or not at all, on disk before this returns.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="content">What it shall hold.</param>
    /// <param name="overwrite">Whether an existing file is replaced; it stays as it is otherwise, which is an error.</param>
    public static void WritePrivateFile(string path, ReadOnlySpan<byte> content, bool overwrite = false)
    {
        // Its name ends otherwise: who reads all files of a kind must not read a draft that a crash left behind.
        var draft = $"{path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}.tmp";
        try
        {
            using (var stream = new FileStream(draft, PrivateFile(FileMode.CreateNew)))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _lock.Dispose();

    // The operating system lets go of the lock with the process, so a crash leaves nothing to clean up.
    private static FileStream Lock(string path)
    {
        var file = Path.Combine(path, LockFileName);
        try
        {
            return new(file, PrivateFile(FileMode.OpenOrCreate));
        }
        catch (UnauthorizedAccessException exception)
        {
            throw ForbiddenPath.ToWrite("The file", file, exception, Elsewhere);
        }
        catch (IOException exception)
        {
            throw IsTaken(exception)
                ? new(
                    $"The data directory {path} is in use by another OrleansSync process. Stop that one, or set "
                    + "OrleansSync__DataDirectory to another directory.", exception)
                : NotWritable(path, exception);
        }
    }

    /// <summary>A start as another user leaves files that SQLite and Data Protection would stumble over without naming them.</summary>
    private void RequireRights()
    {
        var keys = Directory.Exists(KeyRingDirectory) ? KeyRingDirectory : null;
        if (keys is not null)
        {
            CreatePrivateDirectory(keys);
        }

        string[] files =
        [
            DatabaseFile, DatabaseFile + "-wal", DatabaseFile + "-shm", .. keys is null ? [] : Directory.EnumerateFiles(keys, "*.xml"),
        ];
        foreach (var file in files.Where(File.Exists))
        {
            try
            {
                using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            }
            catch (UnauthorizedAccessException exception)
            {
                throw ForbiddenPath.ToWrite("The file", file, exception, Elsewhere);
            }
            catch (IOException exception)
            {
                throw NotWritable(FullPath, exception);
            }
        }
    }

    // The errors that a lock of another process makes: EWOULDBLOCK of Linux and macOS, ERROR_SHARING_VIOLATION of Windows.
    private static bool IsTaken(Exception exception) => exception.HResult is 11 or 35 or unchecked((int)0x80070020);

    private static FileStreamOptions PrivateFile(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnlyFile;
        }

        return options;
    }
}
