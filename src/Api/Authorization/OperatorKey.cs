using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using OrleansSync.Hosting.Settings;
using OrleansSync.Hosting.Startup;
using OrleansSync.Storage;

namespace OrleansSync.Api.Authorization;

/// <summary>The key of the operator, which reaches everything. Only its hash is kept in memory.</summary>
internal sealed class OperatorKey
{
    private readonly byte[] _hash;

    private OperatorKey(string key, bool isNew)
    {
        _hash = Hash(key);
        NewKey = isNew ? new(key) : null;
        Mark = Convert.ToHexStringLower(SHA256.HashData([.. "mark"u8, .. _hash]));
    }

    /// <summary>The key, when it was made just now: to be shown to the operator this once. Otherwise <see langword="null"/>.</summary>
    public SecretText? NewKey { get; }

    /// <summary>Another text for another key, by which it can be seen that the key was changed; does not tell the key.</summary>
    public string Mark { get; }

    /// <summary>Whether a key that was presented is the operator's. Takes the same time however much of it is right.</summary>
    public bool Matches(string presented) => CryptographicOperations.FixedTimeEquals(Hash(presented), _hash);

    /// <summary>
    /// Answers the key of the settings; embedded without one, the key of the data directory, which is made there (readable by this user
    /// only) on the first start.
    /// </summary>
    /// <param name="adminKey">The key of the settings; null when none is set.</param>
    /// <param name="dataDirectory">The data directory when embedded, otherwise <see langword="null"/>.</param>
    /// <exception cref="StartRefusedException">A cluster without the setting, or the file cannot be read or made.</exception>
    public static OperatorKey Load(SecretText? adminKey, DataDirectory? dataDirectory)
    {
        if (adminKey is not null)
        {
            return new(adminKey.Reveal(), isNew: false);
        }

        if (dataDirectory is null)
        {
            throw new StartRefusedException(
                "OrleansSync__AdminKey must be set when ConnectionStrings__OrleansSync is set: the operator's key, a long random text of "
                + "visible ASCII characters, the same for all processes. Make one by: openssl rand -hex 32");
        }

        return LoadFile(dataDirectory.OperatorKeyFile);
    }

    private static OperatorKey LoadFile(string path)
    {
        try
        {
            if (!File.Exists(path))
            {
                var made = "oso_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
                DataDirectory.WritePrivateFile(path, Encoding.ASCII.GetBytes(made + "\n"));
                return new(made, isNew: true);
            }

            ForbiddenPath.RequireReadable("The file of the operator's key", path);
            var key = File.ReadAllText(path).Trim();
            return key.Length > 0 && SettingValues.IsBearerToken(key)
                ? new(key, isNew: false)
                : throw new StartRefusedException(
                    $"The file {path} does not hold an operator's key. Delete it to have a new key made, or set OrleansSync__AdminKey.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException(
                $"The operator's key in {path} cannot be read or made: {exception.Message} Put the file right, or set "
                + "OrleansSync__AdminKey.", exception);
        }
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
