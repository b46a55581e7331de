using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

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
    public static string? Encode(char kind, string? position) =>
        position is null ? null : Base64Url.EncodeToString(Payload(kind, position));

    /// <summary>The position that a cursor names; null when it is none of this list.</summary>
    public static string? Decode(char kind, string? cursor)
    {
        if (cursor is not { Length: > 0 and <= MaxLength } || !Base64Url.IsValid(cursor))
        {
            return null;
        }

        var payload = Base64Url.DecodeFromChars(cursor);
        var position = Encoding.UTF8.GetString(payload.AsSpan(Math.Min(CheckBytes, payload.Length)));
        return payload.AsSpan().SequenceEqual(Payload(kind, position)) ? position : null;
    }

    private static byte[] Payload(char kind, string position) =>
        [.. SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}:{position}"))[..CheckBytes], .. Encoding.UTF8.GetBytes(position)];
}
