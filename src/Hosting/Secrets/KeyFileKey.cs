using System.Security.Cryptography;
using System.Text;

namespace OrleansSync.Hosting.Secrets;

/// <summary>One key of the key file. It seals with AES-256-GCM, so what was altered or sealed with another key does not open.</summary>
internal sealed class KeyFileKey(byte[] key)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>A name of the key that does not give it away: 16 hex digits.</summary>
    public string Id { get; } = Convert.ToHexStringLower(HMACSHA256.HashData(key, "OrleansSync key id"u8).AsSpan(0, 8));

    /// <summary>Answers nonce, tag and ciphertext, in this order.</summary>
    public byte[] Seal(ReadOnlySpan<byte> plain)
    {
        var box = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = box.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, plain, box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), AssociatedData);
        return box;
    }

    /// <summary>Answers what <see cref="Seal"/> was given.</summary>
    /// <exception cref="CryptographicException">The box was altered, cut short, or sealed with another key.</exception>
    public byte[] Open(ReadOnlySpan<byte> box)
    {
        if (box.Length < NonceBytes + TagBytes)
        {
            throw new CryptographicException("A sealed part of the key ring is cut short.");
        }

        var plain = new byte[box.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(box[..NonceBytes], box[(NonceBytes + TagBytes)..], box.Slice(NonceBytes, TagBytes), plain, AssociatedData);
        return plain;
    }

    /// <summary>Answers the id: the key itself must not show.</summary>
    public override string ToString() => Id;

    private byte[] AssociatedData => Encoding.ASCII.GetBytes("OrleansSync key ring 1 " + Id);
}
