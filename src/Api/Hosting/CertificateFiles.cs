using OrleansSync.Hosting.Startup;
using OrleansSync.Storage;

namespace OrleansSync.Api.Hosting;

/// <summary>The certificates and keys of the web server's endpoints.</summary>
internal static class CertificateFiles
{
    private static readonly string[] _settings = [":Path", ":KeyPath"];

    /// <summary>Sees that this process's user may read them: what the server says of it would not tell who may.</summary>
    /// <param name="configuration">The process's configuration.</param>
    /// <param name="root">The folder that paths begin in.</param>
    /// <exception cref="StartRefusedException">It may not.</exception>
    public static void RequireReadable(IConfiguration configuration, string root)
    {
        foreach (var (setting, path) in configuration.GetSection("Kestrel").AsEnumerable())
        {
            if (!string.IsNullOrWhiteSpace(path) && _settings.Any(end => setting.EndsWith(end, StringComparison.OrdinalIgnoreCase)))
            {
                ForbiddenPath.RequireReadable(
                    $"The file of the setting {setting.Replace(":", "__", StringComparison.Ordinal)}", Path.Combine(root, path));
            }
        }
    }
}
