using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using Npgsql;
using OrleansSync.Silo.Storage.PostgreSql;

namespace OrleansSync.Silo.Secrets;

/// <summary>
/// Sees at start that the key file opens everything in the key ring, and makes the ring's first key where it is empty. Without the
/// check a wrong key file would show only when an account's secrets are needed, hours later.
/// </summary>
internal sealed class KeyRingPreparation(
    IOptions<KeyManagementOptions> options, KeyFile keyFile, IKeyManager keyManager, TimeProvider timeProvider, NpgsqlDataSource? dataSource = null)
{
    /// <summary>Checks the ring and makes its first key.</summary>
    /// <exception cref="StartRefusedException">The key file cannot open the ring.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (dataSource is null)
        {
            Run();
            return;
        }

        // Processes that start together must agree on the first key, or one could not read for a while what another has protected.
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await PostgreSqlSchema.LockAsync(connection, cancellationToken);
        Run();
        await transaction.CommitAsync(cancellationToken);
    }

    private void Run()
    {
        foreach (var element in options.Value.XmlRepository!.GetAllElements())
        {
            foreach (var part in element.Descendants(KeyFileXmlEncryptor.ElementName))
            {
                RefuseUnreadable(element, part);
            }
        }

        if (keyManager.GetAllKeys().Count == 0)
        {
            var now = timeProvider.GetUtcNow();
            keyManager.CreateNewKey(now, now + options.Value.NewKeyLifetime);
        }
    }

    private void RefuseUnreadable(XElement element, XElement part)
    {
        try
        {
            new KeyFileXmlDecryptor(keyFile).Decrypt(part);
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or System.Xml.XmlException)
        {
            throw new StartRefusedException(
                $"The key file {keyFile.FullPath} cannot open the key {(string?)element.Attribute("id")} of the key ring, which was sealed with the key file's key "
                + $"{(string?)part.Attribute(KeyFileXmlEncryptor.KeyAttribute)}. Use the key file that this installation was started with before, "
                + "or add its line below the new one: the first line protects, further lines are older keys that are still read.", exception);
        }
    }
}
