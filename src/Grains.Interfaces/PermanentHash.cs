using System.Text;

namespace OrleansSync.Grains.Interfaces;

/// <summary>
/// A hash that is the same in every process and release. Schedules, directory shards and placement depend on it, so its values never
/// change.
/// </summary>
public static class PermanentHash
{
    /// <summary>
    /// FNV-1a, 64 bits, over the UTF-8 bytes, with a final mix so that ids that differ in the last letter spread over the whole range.
    /// </summary>
    /// <param name="text">What to hash.</param>
    public static ulong Of(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            hash = (hash ^ octet) * 1099511628211UL;
        }

        hash ^= hash >> 33;
        hash *= 0xff51afd7ed558ccdUL;
        hash ^= hash >> 33;
        return hash;
    }
}
