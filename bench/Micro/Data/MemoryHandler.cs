using System.Net;

namespace OrleansSync.Micro.Data;

/// <summary>Answers every request with the same bytes, so that a client is measured without a network.</summary>
/// <param name="answer">The bytes; may be changed by <paramref name="prepare"/> before each answer.</param>
/// <param name="prepare">Looks at a request's body before it is answered.</param>
internal sealed class MemoryHandler(byte[] answer, Action<Stream>? prepare = null) : HttpMessageHandler
{
    /// <inheritdoc />
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (prepare is not null)
        {
            await using var body = await request.Content!.ReadAsStreamAsync(cancellationToken);
            prepare(body);
        }

        return new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(answer) };
    }
}
