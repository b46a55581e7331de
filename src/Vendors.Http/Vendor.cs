namespace OrleansSync.Vendors.Http;

/// <summary>What an exchange has to know of whom it talks to.</summary>
/// <param name="Name">The vendor's name, for sentences.</param>
/// <param name="AddressAdvice">A sentence on what to check when the address answers with a redirect.</param>
/// <param name="NotConnected">The sentence for a connection that did not come about.</param>
/// <param name="RequestTimeout">Longest time from sending a request to the last byte of its answer.</param>
public sealed record Vendor(string Name, string AddressAdvice, string NotConnected, TimeSpan RequestTimeout)
{
    /// <summary>
    /// Largest body that is read, in bytes after decompression; a longer one is a <see cref="VendorErrorKind.InvalidAnswer"/>. Default 64
    /// MiB: the largest pages of both vendors hold some thousands of people of at most a few KiB each, and a misbehaving server must not
    /// fill the process's memory.
    /// </summary>
    public long MaxResponseBytes { get; init; } = 64L * 1024 * 1024;
}
