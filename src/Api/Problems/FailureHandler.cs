using System.Data.Common;
using System.Net.Sockets;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace OrleansSync.Api.Problems;

/// <summary>Turns exceptions into problems: a cluster or database that does not answer is 503, everything unforeseen 500, and no answer shows internals.</summary>
/// <param name="problems">Writes the problem.</param>
/// <param name="logger">Where the exception goes.</param>
internal sealed partial class FailureHandler(IProblemDetailsService problems, ILogger<FailureHandler> logger) : IExceptionHandler
{
    /// <inheritdoc />
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        httpContext.Response.StatusCode = StatusOf(exception);
        LogFailure(exception, httpContext.Response.StatusCode);
        return await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = httpContext,
            ProblemDetails = new ProblemDetails { Status = httpContext.Response.StatusCode },
        });
    }

    private static int StatusOf(Exception exception) => exception switch
    {
        BadHttpRequestException refused => refused.StatusCode,
        TimeoutException or OrleansException or DbException or SocketException or IOException => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    private void LogFailure(Exception exception, int status)
    {
        if (status == StatusCodes.Status500InternalServerError)
        {
            RequestFailed(exception);
        }
        else if (status == StatusCodes.Status503ServiceUnavailable)
        {
            ClusterUnavailable(exception);
        }
    }
}
