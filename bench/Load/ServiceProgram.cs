using System.Diagnostics;
using System.Globalization;

namespace OrleansSync.Load;

/// <summary>The service's programs as processes, from the Release build of a checkout.</summary>
internal static class ServiceProgram
{
    /// <summary>The checkout that this program was built in.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Starts a program of the service. What it tells belongs beside the figures, not between them; errors stay visible.</summary>
    /// <param name="checkout">The root of the checkout.</param>
    /// <param name="project">The project below <c>src</c>.</param>
    /// <param name="settings">Its settings in their environment form.</param>
    public static Process Start(string checkout, string project, IReadOnlyDictionary<string, string> settings)
    {
        var process = Start(checkout, "src/" + project, settings, []);
        process.BeginOutputReadLine();
        return process;
    }

    /// <summary>Starts a program whose input and output are the caller's.</summary>
    /// <param name="checkout">The root of the checkout.</param>
    /// <param name="folder">The project's folder below it.</param>
    /// <param name="settings">Environment variables.</param>
    /// <param name="arguments">Its arguments.</param>
    public static Process Start(string checkout, string folder, IReadOnlyDictionary<string, string> settings, string[] arguments)
    {
        var program = Path.Combine(checkout, folder, "bin/Release/net10.0", $"OrleansSync.{Path.GetFileName(folder)}.dll");
        var start = new ProcessStartInfo("dotnet", ["exec", program, .. arguments])
        {
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var (setting, value) in settings)
        {
            start.Environment[setting] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Stops a program in order, and releases its process.</summary>
    public static async Task StopAsync(Process process)
    {
        if (!process.HasExited)
        {
            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "OrleansSync.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new DirectoryNotFoundException("This program starts the service of the repository it was built in.");
    }
}
