namespace OrleansSync.Vendors.Http;

/// <summary>What a request came to: a status and a whole body within bounds, or the reason why there is none.</summary>
/// <param name="Status">The HTTP status; 0 where there is a failure.</param>
/// <param name="Body">The body after decompression.</param>
/// <param name="Failure">Why there is neither; null when there are both.</param>
public readonly record struct RawResponse(int Status, ReadOnlyMemory<byte> Body, VendorError? Failure)
{
    /// <summary>A request without a usable answer.</summary>
    public static RawResponse Failed(VendorError failure) => new(0, default, failure);
}
