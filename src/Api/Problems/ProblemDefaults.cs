using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace OrleansSync.Api.Problems;

/// <summary>What every problem has, also one that the framework made: a type, a title, a detail, the request's path, and a code.</summary>
internal static class ProblemDefaults
{
    private const int UnavailableRetrySeconds = 5;
    private const int BusyRetrySeconds = 10;

    /// <summary>Completes a problem and the headers that go with it.</summary>
    public static void Complete(ProblemDetailsContext context)
    {
        if (context.ProblemDetails is HttpValidationProblemDetails { Extensions.Count: 0 } invalid)
        {
            // The framework's own, which names the members of this program: callers know them by the names of the interface.
            context.ProblemDetails = ApiProblem.Invalid(invalid.Errors
                .OrderBy(error => error.Key, StringComparer.Ordinal)
                .ToDictionary(error => JsonNamingPolicy.CamelCase.ConvertName(error.Key), error => error.Value));
        }

        var problem = context.ProblemDetails;
        var status = problem.Status ??= context.HttpContext.Response.StatusCode;
        var (type, code, detail) = Describe(status);
        problem.Type ??= type;
        problem.Title ??= ReasonPhrases.GetReasonPhrase(status);
        problem.Detail ??= detail;
        problem.Instance ??= context.HttpContext.Request.PathBase + context.HttpContext.Request.Path;
        if (code is not null)
        {
            problem.Extensions.TryAdd("code", code);
        }

        // The framework adds a trace id; it names nothing a caller could look up, and two answers that must look alike would differ in it.
        problem.Extensions.Remove("traceId");
        AskToComeBack(context.HttpContext.Response, status);
    }

    /// <summary>Says when to come again, where that helps.</summary>
    public static void AskToComeBack(HttpResponse response, int status)
    {
        var seconds = status switch
        {
            StatusCodes.Status503ServiceUnavailable => UnavailableRetrySeconds,
            StatusCodes.Status429TooManyRequests => BusyRetrySeconds,
            _ => 0,
        };

        // Who knows better has set it before.
        if (seconds > 0 && response.Headers.RetryAfter.Count == 0)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }
    }

    private static (string Type, string? Code, string Detail) Describe(int status) => status switch
    {
        400 => (Rfc9110("15.5.1"), "badRequest", "The request could not be understood."),
        401 => (Rfc9110("15.5.2"), "unauthorized", "Send a valid key: 'Authorization: Bearer KEY'."),
        403 => (Rfc9110("15.5.4"), "forbidden", "This key may not do this; the operator's key may."),
        404 => (Rfc9110("15.5.5"), "notFound", "There is nothing at this address. /docs shows what there is."),
        405 => (Rfc9110("15.5.6"), "methodNotAllowed", "This address does not take this method; the Allow header names those it takes."),
        409 => (Rfc9110("15.5.10"), null, "The request does not fit the present state."),
        413 => (Rfc9110("15.5.14"), "tooLarge", "The body is too large."),
        415 => (Rfc9110("15.5.16"), "unsupportedMediaType", "The body must be application/json in UTF-8."),
        429 => ("https://tools.ietf.org/html/rfc6585#section-4", "tooManyRequests", "Try again later."),
        500 => (Rfc9110("15.6.1"), "internalError", "The service failed; its log says why. Trying again may help."),
        503 => (Rfc9110("15.6.4"), "unavailable",
            "The service cannot answer now. Whether the request was carried out is not known; look, then try again."),
        _ => ("about:blank", null, "The request failed."),
    };

    // The addresses that the framework gives the problems it makes itself, so that one status has one type.
    private static string Rfc9110(string section) => "https://tools.ietf.org/html/rfc9110#section-" + section;
}
