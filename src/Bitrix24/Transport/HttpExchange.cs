namespace OrleansSync.Bitrix24;

/// <summary>
/// One request and its answer, bounded in time and size. Whatever the other side does is a reply; the only exception is the caller's
/// own cancellation. Exceptions are kept as causes, never quoted: their texts are not under this project's control.
/// </summary>
internal sealed class HttpExchange(HttpClient http, Bitrix24ClientOptions options, TimeProvider time)
{
    private const int SmallestBuffer = 16 * 1024;

    // A Content-Length is only a claim: memory beyond this is taken as bytes really arrive.
    private const int LargestFirstBuffer = 1024 * 1024;

    public async Task<HttpReply> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.RequestTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var status = (int)response.StatusCode;
            if (status is >= 300 and < 400)
            {
                return Invalid($"Bitrix24 answered with a redirect (HTTP {status}), and none is followed. Check the portal's address.");
            }

            var reply = await ReadBodyAsync(response, either.Token);

            // Of a server that says it failed, a broken body says nothing more.
            return reply.Failure is not null && status >= 500 ? new HttpReply(status, default, null) : reply;
        }
        catch (Exception exception) when (cancellationToken.IsCancellationRequested && IsTransportFault(exception))
        {
            throw new OperationCanceledException("The call to Bitrix24 was cancelled.", exception, cancellationToken);
        }
        catch (OperationCanceledException exception)
        {
            return Unavailable($"Bitrix24 did not answer within {options.RequestTimeout.TotalSeconds:0} seconds.", exception);
        }
        catch (Exception exception) when (IsTransportFault(exception))
        {
            return Unavailable("The connection to Bitrix24 failed.", exception);
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
            return Invalid("The answer of Bitrix24 was cut short.", exception as IOException ?? new IOException("Cut short.", exception));
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException)
        {
            // What the decompressors throw for a body that is not what its Content-Encoding says.
            return Invalid("The answer of Bitrix24 could not be decompressed.", exception);
        }
    }

    private Bitrix24Error TooLarge() => Invalid($"The answer of Bitrix24 is larger than {options.MaxResponseBytes} bytes.");

    private static Bitrix24Error Invalid(string message, Exception? cause = null) =>
        new(Bitrix24ErrorKind.InvalidAnswer, null, message, Cause: cause);

    private static Bitrix24Error Unavailable(string message, Exception cause) =>
        new(Bitrix24ErrorKind.Unavailable, null, message, Cause: cause);

    private static bool IsTransportFault(Exception exception) =>
        exception is HttpRequestException or IOException or OperationCanceledException;
}
