using System.Buffers;

namespace OrleansSync.Vendors.Http;

/// <summary>
/// One request and its answer, bounded in time and size. Whatever the other side does is a reply; the only exception is the caller's
/// own cancellation. Exceptions are kept as causes, never quoted: their texts are not under this project's control.
/// </summary>
/// <param name="http">Must not follow redirects, and its timeout must be longer than the vendor's.</param>
/// <param name="vendor">Whom it talks to.</param>
/// <param name="time">Measures the timeout.</param>
public sealed class HttpExchange(HttpClient http, Vendor vendor, TimeProvider time)
{
    private const int SmallestBuffer = 16 * 1024;

    // A Content-Length is only a claim: memory beyond this is taken as bytes really arrive.
    private const int LargestFirstBuffer = 1024 * 1024;

    /// <summary>Sends a request, once.</summary>
    /// <param name="request">The request.</param>
    /// <param name="isWrite">Whether it changes something, so that a failure may leave its outcome unknown.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<RawResponse> SendAsync(HttpRequestMessage request, bool isWrite, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(vendor.RequestTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var status = (int)response.StatusCode;
            if (status is >= 300 and < 400)
            {
                return Redirected(status, request.RequestUri, response.Headers.Location);
            }

            var reply = await ReadBodyAsync(response, either.Token);
            if (reply.Failure is not { } failure)
            {
                return reply;
            }

            // Of a server that says it failed, a broken body says nothing more.
            return status >= 500 ? new RawResponse(status, default) : RawResponse.Failed(failure with { IsOutcomeUnknown = isWrite });
        }
        catch (Exception exception) when (cancellationToken.IsCancellationRequested && IsTransportFault(exception))
        {
            throw new OperationCanceledException($"The call to {vendor.Name} was cancelled.", exception, cancellationToken);
        }
        catch (Exception exception) when (IsTransportFault(exception))
        {
            return Unavailable(exception, isWrite);
        }
    }

    private async Task<RawResponse> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var length = response.Content.Headers.ContentLength;
        if (length > vendor.MaxResponseBytes)
        {
            return TooLarge();
        }

        // Goes back to the pool with the answer. After a failure it does not: who was reading into it may not have ended.
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(length ?? 0, SmallestBuffer, LargestFirstBuffer));
        var filled = 0;
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            while (await stream.ReadAsync(buffer.AsMemory(filled), cancellationToken) is var read and > 0)
            {
                filled += read;
                if (filled > vendor.MaxResponseBytes)
                {
                    return TooLarge();
                }

                if (filled == buffer.Length)
                {
                    buffer = Larger(buffer);
                }
            }

            return RawResponse.Lent((int)response.StatusCode, buffer, filled);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException && !cancellationToken.IsCancellationRequested)
        {
            var cause = exception as IOException ?? new IOException("Cut short.", exception);
            return Invalid($"The answer of {vendor.Name} was cut short.", cause);
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException)
        {
            // What the decompressors throw for a body that is not what its Content-Encoding says.
            return Invalid($"The answer of {vendor.Name} could not be decompressed.", exception);
        }
    }

    private static byte[] Larger(byte[] full)
    {
        var larger = ArrayPool<byte>.Shared.Rent(full.Length * 2);
        full.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(full, clearArray: true);
        return larger;
    }

    private RawResponse Redirected(int status, Uri? asked, Uri? location) => RawResponse.Failed(new VendorError(
        VendorErrorKind.InvalidAnswer,
        $"{vendor.Name} answered with a redirect (HTTP {status}), and none is followed. {vendor.AddressAdvice}")
    {
        // The others of the class do not say that something is elsewhere.
        Redirect = status is 301 or 302 or 303 or 307 or 308 ? Redirect.Of(status, asked, location) : null,
    });

    private RawResponse TooLarge() => Invalid($"The answer of {vendor.Name} is larger than {vendor.MaxResponseBytes} bytes.");

    private static RawResponse Invalid(string message, Exception? cause = null) =>
        RawResponse.Failed(new VendorError(VendorErrorKind.InvalidAnswer, message) { Cause = cause });

    private RawResponse Unavailable(Exception cause, bool isWrite)
    {
        var failure = new VendorError(VendorErrorKind.Unavailable, $"The connection to {vendor.Name} failed.")
        {
            Cause = cause,
            IsOutcomeUnknown = isWrite,
        };
        return RawResponse.Failed(
            cause is OperationCanceledException ? failure with
            {
                Message = $"{vendor.Name} did not answer within {vendor.RequestTimeout.TotalSeconds:0} seconds.",
                IsGivenUp = true,
            }
            : failure.IsNeverConnected ? failure with { Message = vendor.NotConnected, IsOutcomeUnknown = false }
            : failure);
    }

    private static bool IsTransportFault(Exception exception) =>
        exception is HttpRequestException or IOException or OperationCanceledException;
}
