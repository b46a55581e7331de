using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace OrleansSync.Api.Parameters;

/// <summary>
/// The cursors that callers see: base64url over the list's letter, a check sum, and the position. The check sum finds cursors that were
/// cut, mistyped or taken from another list, so that they are a 400 here instead of a surprise in a grain; it protects nothing, a cursor
/// holds nothing worth forging.
/// </summary>
internal static class PageCursor
{
    private const int CheckBytes = 4;
    private const int MaxLength = 512;

    /// <summary>Makes a cursor; null at the end of a list.</summary>
    [return: NotNullIfNotNull(nameof(position))]
    public static string? Encode(char kind, string? position)
    {
        if (position is null)
        {
            return null;
        }

        var payload = new byte[CheckBytes + Encoding.UTF8.GetByteCount(position)];
        BinaryPrimitives.WriteUInt32LittleEndian(payload, CheckSum(kind, position));
        Encoding.UTF8.GetBytes(position, payload.AsSpan(CheckBytes));
        return Base64Url.EncodeToString(payload);
    }

    public static bool TryDecode(char kind, string cursor, [NotNullWhen(true)] out string? position)
    {
        position = null;
        if (cursor.Length > MaxLength || !Base64Url.IsValid(cursor))
        {
            return false;
        }

        var payload = Base64Url.DecodeFromChars(cursor);
        if (payload.Length < CheckBytes || !Utf8.IsValid(payload.AsSpan(CheckBytes)))
        {
            return false;
        }

        var text = Encoding.UTF8.GetString(payload.AsSpan(CheckBytes));
        if (BinaryPrimitives.ReadUInt32LittleEndian(payload) != CheckSum(kind, text))
        {
            return false;
        }

        position = text;
        return true;
    }

    private static uint CheckSum(char kind, string position) =>
        BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}:{position}")));
}
