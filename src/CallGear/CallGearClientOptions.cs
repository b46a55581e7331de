namespace OrleansSync.CallGear;

/// <summary>Bounds of one request to CallGear.</summary>
public sealed record CallGearClientOptions
{
    /// <summary>
    /// Largest body that is read, in bytes after decompression; a longer one is a <see cref="CallGearErrorKind.InvalidAnswer"/>.
    /// Default 64 MiB: a full page holds 10,000 employees of at most a few KiB each (ten numbers are the vendor's limit), and a
    /// misbehaving server must not fill the process's memory.
    /// </summary>
    public long MaxResponseBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>
    /// Longest time from sending a request to the last byte of its answer. Default 30 seconds: many times what a full page takes, and
    /// short enough that an employee whose answer was lost is looked up within the same run.
    /// </summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    internal CallGearClientOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxResponseBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxResponseBytes, Array.MaxLength);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(RequestTimeout, TimeSpan.Zero);
        return this;
    }
}
