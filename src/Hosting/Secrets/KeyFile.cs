using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using OrleansSync.Hosting.Startup;
using OrleansSync.Storage;

namespace OrleansSync.Hosting.Secrets;

/// <summary>
/// The file that protects the key ring: a line of base64 for each key of 32 random bytes. The first line protects what is written from
/// now on, further lines are older keys that are still read.
/// </summary>
internal sealed class KeyFile
{
    private const int KeyBytes = 32;
    private const int MaxFileBytes = 64 * 1024;

    private const string ElementName = "sealedByKeyFile";
    private const string KeyAttribute = "key";

    private readonly List<KeyFileKey> _keys;

    private KeyFile(string path, List<KeyFileKey> keys) => (FullPath, _keys) = (path, keys);

    /// <summary>Absolute path of the file.</summary>
    public string FullPath { get; }

    /// <summary>The key that protects.</summary>
    public KeyFileKey Current => _keys[0];

    /// <summary>Answers the key with an id, or <see langword="null"/> when the file does not have it.</summary>
    public KeyFileKey? Find(string id) => _keys.Find(key => key.Id == id);

    /// <summary>The parts of an element of the ring that were sealed by a key file.</summary>
    public static IReadOnlyList<XElement> SealedParts(XElement element) => [.. element.Descendants(ElementName)];

    /// <summary>The id of the key that sealed a part.</summary>
    public static string KeyIdOf(XElement sealedPart) => (string?)sealedPart.Attribute(KeyAttribute) ?? "";

    /// <summary>Seals an element with the current key.</summary>
    public XElement Seal(XElement plain)
    {
        var bytes = Encoding.UTF8.GetBytes(plain.ToString(SaveOptions.DisableFormatting));
        try
        {
            return new(ElementName, new XAttribute(KeyAttribute, Current.Id), Convert.ToBase64String(Current.Seal(bytes)));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Opens what <see cref="Seal"/> has made.</summary>
    /// <exception cref="CryptographicException">The file does not have the key, or the element was altered.</exception>
    public XElement Open(XElement sealedPart)
    {
        var id = KeyIdOf(sealedPart);
        var key = Find(id) ?? throw new CryptographicException($"The key file {FullPath} does not have the key {id}.");
        var bytes = key.Open(Convert.FromBase64String(sealedPart.Value));
        try
        {
            return XElement.Parse(Encoding.UTF8.GetString(bytes));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Reads the file.</summary>
    /// <exception cref="StartRefusedException">It is missing, unreadable or malformed.</exception>
    public static KeyFile Read(string path)
    {
        try
        {
            if (new FileInfo(path) is { Length: > MaxFileBytes })
            {
                throw Malformed(path, "it is far too large");
            }

            return new(path, Parse(path, File.ReadAllLines(path)));
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException || Directory.Exists(path))
        {
            throw ForbiddenPath.ToRead("The key file", path, exception);
        }
        catch (IOException exception)
        {
            throw new StartRefusedException(
                $"The key file {path} cannot be read: {exception.Message} OrleansSync__Secrets__KeyFile must name a file with 32 random "
                + "bytes in base64, the same for all processes. A new one is made by: openssl rand -base64 32", exception);
        }
    }

    /// <summary>Reads the file; where there is none, makes one with a new key that only this user can read.</summary>
    /// <exception cref="StartRefusedException">It is unreadable or malformed, or cannot be made.</exception>
    public static KeyFile ReadOrCreate(string path)
    {
        if (!File.Exists(path))
        {
            try
            {
                DataDirectory.WritePrivateFile(
                    path, Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)) + "\n"));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new StartRefusedException($"The key file {path} cannot be made: {exception.Message}", exception);
            }
        }

        return Read(path);
    }

    private static List<KeyFileKey> Parse(string path, string[] lines)
    {
        List<KeyFileKey> keys =
        [
            .. lines.Index().Where(line => !string.IsNullOrWhiteSpace(line.Item)).Select(line => Key(line.Item)
                ?? throw Malformed(path, $"line {line.Index + 1} is not 32 bytes in base64")),
        ];
        return keys.Count > 0 ? keys : throw Malformed(path, "it is empty");
    }

    private static KeyFileKey? Key(string line)
    {
        var bytes = new byte[KeyBytes];
        return Convert.TryFromBase64String(line.Trim(), bytes, out var length) && length == KeyBytes ? new(bytes) : null;
    }

    private static StartRefusedException Malformed(string path, string what) => new(
        $"The key file {path} cannot be used: {what}. Each line of it must be 32 random bytes in base64 (44 characters); "
        + "the first protects, further ones are older keys.");
}
