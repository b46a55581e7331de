using Npgsql;
using OrleansSync.Hosting.Settings;
using OrleansSync.Storage;

namespace OrleansSync.Hosting.Startup;

/// <summary>The files that a connection string names.</summary>
internal static class DatabaseFiles
{
    /// <summary>Sees that this process's user may read them: what the driver says of it would not tell who may.</summary>
    /// <exception cref="StartRefusedException">It may not.</exception>
    public static void RequireReadable(SecretText connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString.Reveal());
        foreach (var (what, path) in new[]
        {
            ("The database's root certificate", builder.RootCertificate), ("The certificate for the database", builder.SslCertificate),
            ("The key for the database", builder.SslKey), ("The database's password file", builder.Passfile),
        })
        {
            if (!string.IsNullOrWhiteSpace(path))
            {
                ForbiddenPath.RequireReadable(what, Path.GetFullPath(path));
            }
        }
    }
}
