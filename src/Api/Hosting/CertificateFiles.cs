using System.Security.Cryptography.X509Certificates;
using OrleansSync.Hosting.Startup;
using OrleansSync.Storage;

namespace OrleansSync.Api.Hosting;

/// <summary>The certificates and keys of the web server's endpoints.</summary>
internal static class CertificateFiles
{
    // By which the server knows the certificate that the .NET SDK makes for developers.
    private const string DevelopersCertificate = "1.3.6.1.4.1.311.84.1.1";

    private static readonly string[] _settings = [":Path", ":KeyPath"];

    /// <summary>
    /// Sees that they are there, and that this process's user may read them: what the server says of it would not tell who may.
    /// </summary>
    /// <param name="configuration">The process's configuration.</param>
    /// <param name="root">The folder that paths begin in.</param>
    /// <exception cref="StartRefusedException">One is missing, or may not be read.</exception>
    public static void RequireReadable(IConfiguration configuration, string root)
    {
        foreach (var (setting, path) in configuration.GetSection("Kestrel").AsEnumerable())
        {
            if (!string.IsNullOrWhiteSpace(path) && _settings.Any(end => setting.EndsWith(end, StringComparison.OrdinalIgnoreCase)))
            {
                var (file, name) = (Path.Combine(root, path), setting.Replace(":", "__", StringComparison.Ordinal));
                ForbiddenPath.RequireReadable($"The file of the setting {name}", file);
                if (!Path.Exists(file))
                {
                    throw new StartRefusedException($"The file {file} is not there. Put it there, or set {name} to where it is.");
                }
            }
        }
    }

    /// <summary>Sees that there is a certificate where addresses need one.</summary>
    /// <param name="addresses">The addresses to serve at.</param>
    /// <param name="configuration">The process's configuration.</param>
    /// <param name="time">Tells whether a certificate is still valid.</param>
    /// <exception cref="StartRefusedException">There is none.</exception>
    public static void RequireFor(IEnumerable<ServedAddress> addresses, IConfiguration configuration, TimeProvider time)
    {
        var secure = addresses.FirstOrDefault(address => address.Url.StartsWith("https://", StringComparison.OrdinalIgnoreCase));
        if (secure is not null && !NamesCertificate(configuration) && !HasDevelopersCertificate(time))
        {
            throw new StartRefusedException(
                $"{secure.Url} needs a certificate. Set Kestrel__Certificates__Default__Path and …__Password (or …__KeyPath), or set "
                + $"{secure.Setting} to an address that begins with http://.");
        }
    }

    private static bool NamesCertificate(IConfiguration configuration) => configuration.GetSection("Kestrel").AsEnumerable()
        .Any(setting => setting.Value is not null && setting.Key.Contains(":Certificate", StringComparison.OrdinalIgnoreCase));

    private static bool HasDevelopersCertificate(TimeProvider time)
    {
        using var store = new X509Store(StoreName.My, StoreLocation.CurrentUser, OpenFlags.ReadOnly);
        return store.Certificates.Any(certificate => certificate.NotAfter > time.GetLocalNow().DateTime
            && certificate.Extensions.Any(extension => extension.Oid?.Value == DevelopersCertificate));
    }
}
