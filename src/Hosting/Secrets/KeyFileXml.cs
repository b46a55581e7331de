using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace OrleansSync.Hosting.Secrets;

/// <summary>Seals the key material of the ring with the key file's current key.</summary>
internal sealed class KeyFileXmlEncryptor(KeyFile keyFile) : IXmlEncryptor
{
    /// <inheritdoc />
    public EncryptedXmlInfo Encrypt(XElement plaintextElement) => new(keyFile.Seal(plaintextElement), typeof(KeyFileXmlDecryptor));
}

/// <summary>
/// Opens the key material of the ring. Data Protection writes this type's name into the ring and finds it by that, so it must keep its
/// name.
/// </summary>
internal sealed class KeyFileXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    /// <inheritdoc />
    /// <exception cref="CryptographicException">The key file does not have the key, or the element was altered.</exception>
    public XElement Decrypt(XElement encryptedElement) => services.GetRequiredService<KeyFile>().Open(encryptedElement);
}
