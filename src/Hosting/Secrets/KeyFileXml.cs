using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace OrleansSync.Hosting.Secrets;

/// <summary>Seals the key material of the ring with the key file's current key.</summary>
internal sealed class KeyFileXmlEncryptor(KeyFile keyFile) : IXmlEncryptor
{
    internal const string ElementName = "sealedByKeyFile";
    internal const string KeyAttribute = "key";

    /// <inheritdoc />
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        ArgumentNullException.ThrowIfNull(plaintextElement);
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        try
        {
            var key = keyFile.Current;
            return new(
                new(ElementName, new XAttribute(KeyAttribute, key.Id), Convert.ToBase64String(key.Seal(plain))),
                typeof(KeyFileXmlDecryptor));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }
}

/// <summary>
/// Opens the key material of the ring. Data Protection writes this type's name into the ring and finds it by that, so it must keep its
/// name.
/// </summary>
internal sealed class KeyFileXmlDecryptor : IXmlDecryptor
{
    private readonly KeyFile _keyFile;

    /// <summary>Called by Data Protection by reflection.</summary>
    public KeyFileXmlDecryptor(IServiceProvider services)
        : this(services.GetRequiredService<KeyFile>())
    {
    }

    internal KeyFileXmlDecryptor(KeyFile keyFile) => _keyFile = keyFile;

    /// <inheritdoc />
    /// <exception cref="CryptographicException">The key file does not have the key, or the element was altered.</exception>
    public XElement Decrypt(XElement encryptedElement)
    {
        ArgumentNullException.ThrowIfNull(encryptedElement);
        var id = (string?)encryptedElement.Attribute(KeyFileXmlEncryptor.KeyAttribute) ?? "";
        var key = _keyFile.Find(id) ?? throw new CryptographicException($"The key file {_keyFile.FullPath} does not have the key {id}.");
        var plain = key.Open(Convert.FromBase64String(encryptedElement.Value));
        try
        {
            return XElement.Parse(Encoding.UTF8.GetString(plain));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }
}
