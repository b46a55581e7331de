using System.Text;

namespace OrleansSync.EndToEnd.Security;

/// <summary>Looks for a text in whatever form it may have been left behind.</summary>
internal static class Traces
{
    /// <summary>Whether bytes hold a text: in UTF-8, in UTF-16, or in UTF-8 as hexadecimal digits or base64.</summary>
    public static bool Holds(ReadOnlySpan<byte> bytes, string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        byte[][] forms =
        [
            plain,
            Encoding.Unicode.GetBytes(text),
            Encoding.ASCII.GetBytes(Convert.ToHexStringLower(plain)),
            Encoding.ASCII.GetBytes(Convert.ToHexString(plain)),
            .. Base64Forms(plain),
        ];
        foreach (var form in forms)
        {
            if (bytes.IndexOf(form) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    // Where it stands in a longer text decides which bits share a letter: without the letters at the ends, one of three forms is always
    // there.
    private static IEnumerable<byte[]> Base64Forms(byte[] plain)
    {
        for (var offset = 0; offset < 3; offset++)
        {
            var encoded = Convert.ToBase64String([.. new byte[offset], .. plain]).TrimEnd('=');
            var inner = encoded[(offset == 0 ? 0 : offset + 1)..^2];
            yield return Encoding.ASCII.GetBytes(inner);
            yield return Encoding.ASCII.GetBytes(inner.Replace('+', '-').Replace('/', '_'));
        }
    }
}
