using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using Npgsql;
using OrleansSync.Storage;
using OrleansSync.Storage.PostgreSql;

namespace OrleansSync.Hosting.Secrets;

/// <summary>
/// Sees at start that the key file opens everything in the key ring, seals anew what an older line of it sealed, and makes the ring's first
/// key where it is empty. Without the check a wrong key file would show only when an account's secrets are needed, hours later.
/// </summary>
internal sealed class KeyRingPreparation(
    IOptions<KeyManagementOptions> options,
    KeyFile keyFile,
    IKeyManager keyManager,
    TimeProvider timeProvider,
    ILogger<KeyRingPreparation> logger,
    NpgsqlDataSource? dataSource = null)
{
    // Data Protection's own: processes read the ring at least daily.
    private static readonly TimeSpan _propagation = TimeSpan.FromDays(2);

    /// <summary>Checks the ring, seals it with the key file's first line where another sealed it, and makes its first key.</summary>
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
        await using var transaction = await SchemaLock.BeginAsync(connection, new UpgradeWait(timeProvider, logger), cancellationToken);
        Run();
        await transaction.CommitAsync(cancellationToken);
    }

    private void Run()
    {
        var ring = (IKeyRingStore)options.Value.XmlRepository!;
        var outdated = ring.GetAllElements().Where(SealAnew).ToList();
        outdated.ForEach(element => ring.Replace($"key-{IdOf(element)}", element));
        var now = timeProvider.GetUtcNow();
        if (outdated.Count > 0)
        {
            // Whoever has the old line may have opened the ring's present keys with it. Accounts' secrets move to this one when it is
            // active, and by then every process has read it.
            keyManager.CreateNewKey(now + _propagation, now + _propagation + options.Value.NewKeyLifetime);
        }
        else if (keyManager.GetAllKeys().Count == 0)
        {
            keyManager.CreateNewKey(now, now + options.Value.NewKeyLifetime);
        }
    }

    /// <summary>Opens all that is sealed in an element, and answers whether another line had sealed it than does now.</summary>
    private bool SealAnew(XElement element)
    {
        var isOutdated = false;
        foreach (var part in KeyFile.SealedParts(element))
        {
            var plain = Open(element, part);
            if (KeyFile.KeyIdOf(part) != keyFile.Current.Id)
            {
                part.ReplaceWith(keyFile.Seal(plain));
                isOutdated = true;
            }
        }

        return isOutdated;
    }

    private XElement Open(XElement element, XElement part)
    {
        try
        {
            return keyFile.Open(part);
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or System.Xml.XmlException)
        {
            throw new StartRefusedException(
                $"The key file {keyFile.FullPath} cannot open the key {IdOf(element)} of the key ring, which was sealed "
                + $"with the key file's key {KeyFile.KeyIdOf(part)}. Use the key file that this "
                + "installation was started with before, or add its line below the new one: the first line protects, further lines are "
                + "older keys that are still read.", exception);
        }
    }

    private static string? IdOf(XElement element) => (string?)element.Attribute("id");
}
