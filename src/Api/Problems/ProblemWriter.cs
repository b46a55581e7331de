using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace OrleansSync.Api.Problems;

/// <summary>
/// Writes every problem as <c>application/problem+json</c>. The framework's own writer writes nothing when the request accepts only another
/// type, such as <c>text/event-stream</c>; an error without a body helps nobody.
/// </summary>
internal sealed class ProblemWriter(IOptions<JsonOptions> json) : IProblemDetailsWriter
{
    private const string ContentType = "application/problem+json";

    /// <inheritdoc />
    public bool CanWrite(ProblemDetailsContext context) => true;

    /// <inheritdoc />
    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        ProblemDefaults.Complete(context);
        var problem = context.ProblemDetails;
        var response = context.HttpContext.Response;
        response.StatusCode = problem.Status ?? response.StatusCode;
        response.Headers.CacheControl = "no-store";
        if (HttpMethods.IsHead(context.HttpContext.Request.Method))
        {
            // The headers of the same GET and nothing else: over HTTP/2, the end of a body that is not sent breaks the stream.
            response.ContentType = ContentType;
            return;
        }

        await response.WriteAsJsonAsync(
            problem,
            json.Value.SerializerOptions.GetTypeInfo(problem.GetType()),
            ContentType,
            context.HttpContext.RequestAborted);
    }
}
