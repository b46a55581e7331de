using System.Diagnostics;
using OrleansSync.Testing.Processes;

namespace OrleansSync.Faults.Scenarios;

/// <summary>A disk of its own that can be filled without harm to others: memory, mounted for as long as this lives.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const int BlockBytes = 64 * 1024;

    private readonly TemporaryDirectory _directory = new();

    private SmallDisk()
    {
    }

    /// <summary>Where it is.</summary>
    public string Path => _directory.Path;

    private string Filler => System.IO.Path.Combine(Path, "filler");

    /// <summary>Mounts one.</summary>
    /// <param name="megabytes">Its size.</param>
    /// <returns>The disk; null when this process may not mount anything.</returns>
    public static async Task<SmallDisk?> MountAsync(int megabytes)
    {
        var disk = new SmallDisk();
        if (Environment.IsPrivilegedProcess
            && OperatingSystem.IsLinux()
            && await RunAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=755", "tmpfs", disk.Path))
        {
            return disk;
        }

        disk._directory.Dispose();
        return null;
    }

    /// <summary>Takes all the space that is left.</summary>
    public void Fill()
    {
        using var filler = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var block in (int[])[BlockBytes, 1])
        {
            try
            {
                while (true)
                {
                    filler.Write(new byte[block]);
                }
            }
            catch (IOException)
            {
                // Full: what is left is less than a block.
            }
        }
    }

    /// <summary>Gives it back.</summary>
    public void Free() => File.Delete(Filler);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await RunAsync("umount", Path);
        _directory.Dispose();
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
