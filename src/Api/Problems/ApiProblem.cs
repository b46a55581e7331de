using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OrleansSync.Api.Bodies;

namespace OrleansSync.Api.Problems;

/// <summary>The errors this interface answers, each as an RFC 9457 problem with a stable <c>code</c>.</summary>
internal static class ApiProblem
{
    /// <summary>There is no such account, or the caller may not know of it: the two must not be told apart.</summary>
    public static ProblemHttpResult AccountNotFound() =>
        Of(StatusCodes.Status404NotFound, "accountNotFound", "There is no such account, or this key does not reach it.");

    public static ProblemHttpResult RunNotFound(string accountId, string runId) =>
        Of(StatusCodes.Status404NotFound, "runNotFound",
            $"Account {accountId} has no run {runId}. Old runs are forgotten; GET …/runs lists those that are kept.");

    public static ProblemHttpResult EmployeeNotFound(string accountId, long bitrixUserId) =>
        Of(StatusCodes.Status404NotFound, "employeeNotFound", $"Account {accountId} has not imported a Bitrix24 user {bitrixUserId}.");

    public static ProblemHttpResult KeyNotFound(string accountId, string keyId) =>
        Of(StatusCodes.Status404NotFound, "keyNotFound", $"Account {accountId} has no key {keyId}; it may have been revoked already.");

    public static ProblemHttpResult TooManyKeys(string accountId) =>
        Of(StatusCodes.Status409Conflict, "tooManyKeys", $"Account {accountId} has as many keys as it may have. Revoke one first.");

    public static ProblemHttpResult NotHeld(string runId) =>
        Of(StatusCodes.Status409Conflict, "notHeld",
            $"Run {runId} does not wait for approval: it is not held, or what it named was approved already.");

    /// <summary>The account's data from an earlier connection is still being erased.</summary>
    public static ProblemHttpResult BeingErased(string accountId) =>
        Of(StatusCodes.Status409Conflict, "accountBeingErased",
            $"Account {accountId} was disconnected and is still being erased. Try again in a few seconds.");

    public static ProblemHttpResult UserDeleted(string accountId, long bitrixUserId) =>
        Of(
            StatusCodes.Status409Conflict,
            "userDeleted",
            $"Bitrix24 user {bitrixUserId} of account {accountId} is deleted or dismissed; "
                + "it becomes responsible again by itself when it is back.");

    public static ProblemHttpResult QueueFull(string accountId) =>
        Of(StatusCodes.Status429TooManyRequests, "queueFull",
            $"Too many runs of account {accountId} wait already. Try again when some have ended.");

    /// <summary>The account takes no such run now.</summary>
    public static ProblemHttpResult NotNow(string accountId) =>
        Of(StatusCodes.Status409Conflict, "notNow", $"Account {accountId} takes no such run now.");

    /// <summary>Members or parameters are wrong; nothing was stored.</summary>
    public static ProblemHttpResult Invalid(BodyErrors errors) => TypedResults.Problem(Invalid(errors.ToDictionary()));

    /// <summary>Members or parameters are wrong; nothing was stored.</summary>
    public static HttpValidationProblemDetails Invalid(IDictionary<string, string[]> errors) => new(errors)
    {
        Status = StatusCodes.Status400BadRequest,
        Title = "The request is not valid.",
        Detail = "Nothing was changed. The member 'errors' says what is wrong with which part of the request.",
        Extensions = { ["code"] = "invalidRequest" },
    };

    public static ProblemHttpResult MalformedJson(string fault) => TypedResults.Problem(new HttpValidationProblemDetails
    {
        Status = StatusCodes.Status400BadRequest,
        Title = "The body is not valid JSON.",
        Detail = "The body could not be read as JSON: " + fault,
        Errors = { ["$"] = ["cannot be read as JSON: " + fault] },
        Extensions = { ["code"] = "malformedJson" },
    });

    public static ProblemHttpResult UnsupportedMediaType(string expected) =>
        Of(StatusCodes.Status415UnsupportedMediaType, "unsupportedMediaType",
            $"The body must be {expected} in UTF-8, and the Content-Type header must say so.");

    public static ProblemHttpResult TooLarge(int maxBytes) =>
        Of(StatusCodes.Status413PayloadTooLarge, "tooLarge", $"The body has more than {maxBytes} bytes.");

    public static ProblemHttpResult TooManyRequests() =>
        Of(StatusCodes.Status429TooManyRequests, "tooManyRequests",
            "Too many requests came within a minute. Wait as long as Retry-After says.");

    public static ProblemHttpResult Of(int status, string code, string detail) =>
        TypedResults.Problem(new ProblemDetails { Status = status, Detail = detail, Extensions = { ["code"] = code } });
}
