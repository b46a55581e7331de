using OrleansSync.Sandbox.Requests;

namespace OrleansSync.Sandbox.Faults;

/// <summary>Writes answers, sound or spoilt by a fault.</summary>
internal static class FaultyAnswer
{
    private const int EndlessBytes = 200 * 1024 * 1024;
    private const int HugeBytes = 64 * 1024 * 1024;

    /// <summary>What the client is answered, for kinds that answer in one piece.</summary>
    public static VendorResponse Replace(Fault fault, VendorResponse? sound, Func<Fault, VendorResponse> refuse) => fault.Kind switch
    {
        FaultKind.Error or FaultKind.RateLimit => WithStatus(refuse(fault), fault.Status),
        FaultKind.Html => VendorResponse.Html(fault.Status ?? 502, fault.Status == 200 ? "Maintenance" : "Bad Gateway"),
        FaultKind.Redirect => VendorResponse.Redirect(fault.Status ?? 302, fault.Location),
        FaultKind.HugeBody => sound! with { Body = Padded(sound.Body, fault.Amount ?? HugeBytes) },
        FaultKind.Truncated => sound! with { Body = sound.Body[..(sound.Body.Length / 2)] },
        FaultKind.MalformedJson => sound! with { Body = (byte[])[.. sound.Body.Span[..^1], (byte)']'] },
        FaultKind.InvalidUtf8 => sound! with { Body = WithInvalidByte(sound.Body.Span) },
        _ => throw new InvalidOperationException($"{fault.Kind} is not an answer in one piece."),
    };

    public static async Task WriteAsync(HttpContext context, VendorResponse answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        context.Response.ContentLength = answer.Body.Length;
        if (answer.Location is { Length: > 0 } location)
        {
            context.Response.Headers.Location = location;
        }

        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    /// <summary>Sends a part of the answer's bytes and ends the connection.</summary>
    public static async Task CutOffAsync(HttpContext context, VendorResponse answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        context.Response.ContentLength = answer.Body.Length;
        await context.Response.Body.WriteAsync(answer.Body[..(answer.Body.Length / 2)], context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        context.Abort();
    }

    /// <summary>Sends the beginning of a JSON answer that does not end.</summary>
    public static async Task EndlessAsync(HttpContext context, Fault fault)
    {
        context.Response.StatusCode = fault.Status ?? 200;
        context.Response.ContentType = VendorResponse.JsonType;
        var chunk = new byte[64 * 1024];
        chunk.AsSpan().Fill((byte)'x');
        await context.Response.Body.WriteAsync("{\"result\":\""u8.ToArray(), context.RequestAborted);
        for (long sent = 0; sent < (fault.Amount ?? EndlessBytes); sent += chunk.Length)
        {
            await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
        }

        context.Abort();
    }

    private static VendorResponse WithStatus(VendorResponse answer, int? status) =>
        status is { } given ? answer with { Status = given } : answer;

    private static byte[] Padded(ReadOnlyMemory<byte> body, int size)
    {
        var padding = Math.Max(0, size - body.Length);
        var start = "{\"padding\":\""u8;
        var end = "\","u8;
        var padded = new byte[start.Length + padding + end.Length + body.Length - 1];
        padded.AsSpan().Fill((byte)' ');
        start.CopyTo(padded);
        end.CopyTo(padded.AsSpan(start.Length + padding));
        body.Span[1..].CopyTo(padded.AsSpan(start.Length + padding + end.Length));
        return padded;
    }

    private static byte[] WithInvalidByte(ReadOnlySpan<byte> body)
    {
        var value = body.IndexOf("\":\""u8);
        var at = value < 0 ? body.IndexOf((byte)'"') + 1 : value + 3;
        return [.. body[..at], 0xFF, .. body[at..]];
    }
}
