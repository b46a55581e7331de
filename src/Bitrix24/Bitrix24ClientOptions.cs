namespace OrleansSync.Bitrix24;

/// <summary>Bounds of one request to Bitrix24. The defaults suit the vendor's cloud and most on-premise portals.</summary>
public sealed record Bitrix24ClientOptions
{
    /// <summary>
    /// Largest body that is read, in bytes after decompression; a longer one is an <see cref="Bitrix24ErrorKind.InvalidAnswer"/>.
    /// Default 64 MiB: a full batch holds 2,500 users of about 1 KiB each, so this leaves twentyfold room and still keeps a
    /// misbehaving server from filling the process's memory.
    /// </summary>
    public long MaxResponseBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>
    /// Longest time from sending a request to the last byte of its answer. Default 65 seconds: the vendor lets a request run for 60
    /// and the rest is for the network, so that a slow answer is not given up just before it comes.
    /// </summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(65);

    internal Bitrix24ClientOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxResponseBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxResponseBytes, Array.MaxLength);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(RequestTimeout, TimeSpan.Zero);
        return this;
    }
}
