using CsCheck;

namespace OrleansSync.Testing.Loopback;

/// <summary>Bodies that a broken server could send: noise, good answers that were damaged, and JSON of the wrong shapes.</summary>
internal static class BodyMutations
{
    public static readonly Gen<byte[]> Noise = Gen.Byte.Array[0, 300];

    /// <summary>A good body with one to four bytes changed, cut out, doubled or put in.</summary>
    public static Gen<byte[]> Damaged(params byte[][] good) =>
        from body in Gen.OneOf(good)
        from changes in Gen.Select(Gen.Int[0, 3], Gen.Int[0, int.MaxValue - 1], Gen.Int[1, 40], Gen.Byte).Array[1, 4]
        select changes.Aggregate(body, (bytes, change) => Damage(bytes, change.Item1, change.Item2, change.Item3, change.Item4));

    /// <summary>JSON made of the words that the parsers look for, with values of every type where any of them could be.</summary>
    public static Gen<string> Json(params string[] words)
    {
        var leaf = Gen.OneOf(
            Gen.OneOf(
                "null", "true", "false", "0", "1", "-1", "7", "50", "1e999", "9223372036854775808", "1.5", "\"\"", "\"7\"", "\"N\"",
                "\"\\ud800\"", "\"\\u0000\"", "[]", "{}", "{\"\\ud800\":1}"),
            Gen.OneOf(words).Select(static word => $"\"{word}\""));
        var name = Gen.OneOf(words);
        return Gen.Recursive<string>((depth, inner) => depth > 5 ? leaf : Gen.Frequency(
            (2, leaf),
            (4, Gen.Select(name, inner).Array[0, 5].Select(static members =>
                "{" + string.Join(',', members.Select(static member => $"\"{member.Item1}\":{member.Item2}")) + "}")),
            (1, inner.Array[0, 4].Select(static items => "[" + string.Join(',', items) + "]"))));
    }

    private static byte[] Damage(byte[] bytes, int kind, int position, int length, byte with)
    {
        if (bytes.Length == 0)
        {
            return [with];
        }

        var at = position % bytes.Length;
        var end = Math.Min(bytes.Length, at + length);
        return kind switch
        {
            0 => [.. bytes[..at], with, .. bytes[(at + 1)..]],
            1 => [.. bytes[..at], .. bytes[end..]],
            2 => [.. bytes[..end], .. bytes[at..]],
            _ => [.. bytes[..at], with, .. bytes[at..]],
        };
    }
}
