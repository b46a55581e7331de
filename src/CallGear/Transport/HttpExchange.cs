namespace OrleansSync.CallGear;

/// <summary>
/// One request and its answer, bounded in time and size. Whatever the other side does is a reply; the only exception is the caller's
/// own cancellation. Exceptions are kept as causes, never quoted: their texts are not under this project's control.
/// </summary>
internal sealed class HttpExchange(HttpClient http, CallGearClientOptions options, TimeProvider time)
{
    private const int SmallestBuffer = 16 * 1024;

    // A Content-Length is only a claim: memory beyond this is taken as bytes really arrive.
    private const int LargestFirstBuffer = 1024 * 1024;

    public async Task<HttpReply> SendAsync(HttpRequestMessage request, bool isWrite, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.RequestTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var status = (int)response.StatusCode;
            if (status is >= 300 and < 400)
            {
                return Invalid($"CallGear answered with a redirect (HTTP {status}), and none is followed. Check the account's base URL.");
            }

            var reply = await ReadBodyAsync(response, either.Token);
            if (reply.Failure is not { } failure)
            {
                return reply;
            }

            // Of a server that says it failed, a broken body says nothing more.
            return status >= 500 ? new HttpReply(status, default, null) : failure with { IsOutcomeUnknown = isWrite };
        }
        catch (Exception exception) when (cancellationToken.IsCancellationRequested && IsTransportFault(exception))
        {
            throw new OperationCanceledException("The call to CallGear was cancelled.", exception, cancellationToken);
        }
        catch (OperationCanceledException exception)
        {
            return Unavailable($"CallGear did not answer within {options.RequestTimeout.TotalSeconds:0} seconds.", exception, isWrite, isGivenUp: true);
        }
        catch (HttpRequestException exception) when (IsNeverConnected(exception))
        {
            return Unavailable("No connection to CallGear could be established.", exception, isOutcomeUnknown: false);
        }
        catch (Exception exception) when (IsTransportFault(exception))
        {
            return Unavailable("The connection to CallGear failed.", exception, isWrite);
        }
    }

    private async Task<HttpReply> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var length = response.Content.Headers.ContentLength;
        if (length > options.MaxResponseBytes)
        {
            return TooLarge();
        }

        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            var buffer = new byte[Math.Min(options.MaxResponseBytes, Math.Clamp(length ?? 0, SmallestBuffer, LargestFirstBuffer))];
            var filled = 0;
            while (true)
            {
                // At the bound one more byte is asked for, to tell a body that just fits from one that does not.
                var room = filled < buffer.Length ? buffer.AsMemory(filled) : new byte[1];
                var read = await stream.ReadAsync(room, cancellationToken);
                if (read == 0)
                {
                    return new HttpReply((int)response.StatusCode, buffer.AsMemory(0, filled), null);
                }

                if (filled == buffer.Length)
                {
                    if (filled == options.MaxResponseBytes)
                    {
                        return TooLarge();
                    }

                    Array.Resize(ref buffer, (int)Math.Min(options.MaxResponseBytes, buffer.Length * 2L));
                    buffer[filled] = room.Span[0];
                }

                filled += read;
            }
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException && !cancellationToken.IsCancellationRequested)
        {
            return Invalid("The answer of CallGear was cut short.", exception as IOException ?? new IOException("Cut short.", exception));
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException)
        {
            // What the decompressors throw for a body that is not what its Content-Encoding says.
            return Invalid("The answer of CallGear could not be decompressed.", exception);
        }
    }

    private CallGearError TooLarge() => Invalid($"The answer of CallGear is larger than {options.MaxResponseBytes} bytes.");

    private static CallGearError Invalid(string message, Exception? cause = null) =>
        new(CallGearErrorKind.InvalidAnswer, message) { Cause = cause };

    private static CallGearError Unavailable(string message, Exception cause, bool isOutcomeUnknown, bool isGivenUp = false) =>
        new(CallGearErrorKind.Unavailable, message) { Cause = cause, IsOutcomeUnknown = isOutcomeUnknown, IsGivenUp = isGivenUp };

    // The handler reports these only while it makes a connection, before a byte of the request is sent.
    private static bool IsNeverConnected(HttpRequestException exception) => exception.HttpRequestError
        is HttpRequestError.NameResolutionError
        or HttpRequestError.ConnectionError
        or HttpRequestError.SecureConnectionError
        or HttpRequestError.ProxyTunnelError;

    private static bool IsTransportFault(Exception exception) =>
        exception is HttpRequestException or IOException or OperationCanceledException;
}
