using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using Microsoft.AspNetCore.Diagnostics;
using OrleansSync.Api.Web;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Api.Problems;

/// <summary>
/// Turns exceptions into problems: a cluster or database that does not answer is 503, everything unforeseen 500, and no answer shows
/// internals.
/// </summary>
internal sealed partial class FailureHandler(DatabaseCondition database, ILogger<FailureHandler> logger) : IExceptionHandler
{
    /// <inheritdoc />
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        var status = StatusOf(exception);
        httpContext.Response.StatusCode = status;
        LogFailure(exception, status);
        if (httpContext.Request.WantsPage())
        {
            ProblemDefaults.AskToComeBack(httpContext.Response, status);
            return true;
        }

        var detail = status == StatusCodes.Status503ServiceUnavailable ? DetailOf(exception, httpContext.Request) : null;
        await TypedResults.Problem(detail, statusCode: status).ExecuteAsync(httpContext);
        return true;
    }

    private static int StatusOf(Exception exception) => exception switch
    {
        BadHttpRequestException refused => refused.StatusCode,
        TimeoutException or OrleansException or DbException or SocketException or IOException => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    // Null for what is not known to be the database's: then the general sentence stands.
    private string? DetailOf(Exception exception, HttpRequest request)
    {
        if (exception is not StorageUnavailableException)
        {
            // The database may be the reason, also where a silo could only say that a grain did not come up.
            database.Doubt();
        }

        var problem = exception is StorageUnavailableException ? exception.Message
            : database.Outage is { } outage ? string.Create(
                CultureInfo.InvariantCulture, $"{outage.Problem} (Since {outage.Since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC.)")
            : null;
        return problem is null || HttpMethods.IsGet(request.Method) ? problem
            : problem + " Whether this request was carried out is not known; look, then try again.";
    }

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
