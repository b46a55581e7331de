using System.Buffers;

namespace OrleansSync.Vendors.Http;

/// <summary>
/// What a request came to: a status and a whole body within bounds, or the reason why there is none. Its bytes are lent: they end with it,
/// and nothing that refers to them may outlive it.
/// </summary>
public sealed class RawResponse : IDisposable
{
    private byte[]? _lent;

    /// <summary>A request that was answered.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="body">The body after decompression.</param>
    public RawResponse(int status, ReadOnlyMemory<byte> body) => (Status, Body) = (status, body);

    private RawResponse(VendorError failure) => Failure = failure;

    private RawResponse(int status, byte[] lent, int length)
        : this(status, lent.AsMemory(0, length)) => _lent = lent;

    /// <summary>The HTTP status; 0 where there is a failure.</summary>
    public int Status { get; }

    /// <summary>The body after decompression.</summary>
    public ReadOnlyMemory<byte> Body { get; private set; }

    /// <summary>Why there is no answer; null when there is one.</summary>
    public VendorError? Failure { get; }

    /// <summary>A request without a usable answer.</summary>
    public static RawResponse Failed(VendorError failure) => new(failure);

    /// <summary>A request whose answer fills a part of a pool's array, which goes back at the end.</summary>
    internal static RawResponse Lent(int status, byte[] bytes, int length) => new(status, bytes, length);

    /// <summary>Gives the bytes back, which may have been personal data or tokens.</summary>
    public void Dispose()
    {
        if (_lent is { } lent)
        {
            (_lent, Body) = (null, default);
            ArrayPool<byte>.Shared.Return(lent, clearArray: true);
        }
    }
}
