using System.Globalization;

namespace OrleansSync.Grains.Audit;

/// <summary>An entry's place in an audit trail; it stays the same when chunks before it are dropped.</summary>
/// <param name="Chunk">The chunk's number.</param>
/// <param name="Index">The entry's index in the chunk.</param>
internal readonly record struct AuditPosition(long Chunk, int Index)
{
    private static readonly AuditPosition _end = new(long.MaxValue, int.MaxValue);

    /// <summary>Reads the position that <see cref="ToString"/> wrote; anything else is the end of the trail, where a list of the newest entries starts.</summary>
    /// <param name="text">The cursor.</param>
    public static AuditPosition Parse(string? text) =>
        text?.Split('.') is [var chunk, var index]
        && long.TryParse(chunk, NumberStyles.None, CultureInfo.InvariantCulture, out var chunkNumber)
        && int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var indexNumber)
            ? new AuditPosition(chunkNumber, indexNumber)
            : _end;

    /// <summary>The cursor of the entries before this one.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Chunk}.{Index}");
}
