using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Npgsql;
using OrleansSync.Hosting.Settings;
using OrleansSync.Hosting.Startup;
using OrleansSync.Storage;

namespace OrleansSync.Hosting.Secrets;

/// <summary>Adds the protection of stored secrets.</summary>
public static class SecretsExtensions
{
    /// <summary>Part of every purpose: what one application protected no other can open.</summary>
    private const string ApplicationName = "OrleansSync";

    /// <summary>
    /// Adds ASP.NET Core Data Protection (<see cref="IDataProtectionProvider"/>) with a key ring that all processes of the installation
    /// share and that the key file protects.
    /// </summary>
    /// <param name="services">The services of the process.</param>
    /// <param name="settings">The checked settings.</param>
    public static void AddOrleansSyncSecrets(this IServiceCollection services, OrleansSyncSettings settings)
    {
        services.AddStartupMigration(settings);
        services.AddSingleton(provider => LoadKeyFile(provider, settings));
        services.AddSingleton<KeyRingPreparation>();
        services.AddDataProtection().SetApplicationName(ApplicationName);
        services.AddOptions<KeyManagementOptions>().Configure<IServiceProvider>((options, provider) =>
        {
            options.XmlRepository = CreateRepository(provider, settings);
            options.XmlEncryptor = new KeyFileXmlEncryptor(provider.GetRequiredService<KeyFile>());
        });
    }

    private static KeyFile LoadKeyFile(IServiceProvider provider, OrleansSyncSettings settings) => settings switch
    {
        { KeyFile: { } path } => KeyFile.Read(path),
        { Mode: HostingMode.Embedded } => KeyFile.ReadOrCreate(provider.GetRequiredService<DataDirectory>().KeyFile),
        _ => throw new StartRefusedException(
            "OrleansSync__Secrets__KeyFile must be set when ConnectionStrings__OrleansSync is set. It names a file with 32 random bytes in "
            + "base64 that protects the accounts' secrets and is the same for all processes. Make one by: openssl rand -base64 32"),
    };

    private static IKeyRingStore CreateRepository(IServiceProvider provider, OrleansSyncSettings settings)
    {
        if (settings.Mode == HostingMode.Cluster)
        {
            return new PostgreSqlXmlRepository(provider.GetRequiredService<NpgsqlDataSource>());
        }

        var directory = provider.GetRequiredService<DataDirectory>().KeyRingDirectory;
        DataDirectory.CreatePrivateDirectory(directory);
        return new KeyRingDirectory(new(directory), provider.GetRequiredService<ILoggerFactory>());
    }
}
