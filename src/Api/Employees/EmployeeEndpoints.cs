using Microsoft.AspNetCore.Http.HttpResults;
using OrleansSync.Api.Authorization;
using OrleansSync.Api.Bodies;
using OrleansSync.Api.Hosting;
using OrleansSync.Api.Parameters;
using OrleansSync.Api.Problems;
using OrleansSync.Grains.Interfaces.Employees;

namespace OrleansSync.Api.Employees;

/// <summary>Which of the known users are listed.</summary>
public sealed class EmployeeListParameters() : SearchParameters('e')
{
    /// <summary>Only users with this outcome of their last run.</summary>
    [Choice(typeof(EmployeeOutcome))]
    public string? Outcome { get; init; }

    /// <summary>The outcome as a value; null when none is chosen.</summary>
    internal EmployeeOutcome? Chosen => CamelCaseEnum<EmployeeOutcome>.Find(Outcome);
}

/// <summary>The users an account knows.</summary>
internal static class EmployeeEndpoints
{
    public static void MapEmployees(this RouteGroupBuilder account)
    {
        var employees = account.MapGroup("/employees").WithTags("Employees").RequireAuthorization(AccessPolicies.Account);
        employees.MapGet("", ListAsync).WithName("ListEmployees").WithSummary("The users this account knows, by id")
            .WithDescription("Everybody that an import has seen, what its last run did about each, and why.");
        employees.MapGet("/{bitrixUserId:long}", GetAsync).WithName("GetEmployee")
            .WithSummary("One known user with its history, newest first")
            .WithDescription("The history holds what imports and people changed about the user, and where a change was refused.");
    }

    private static async Task<Results<Ok<PageResponse<EmployeeResponse>>, ProblemHttpResult>> ListAsync(
        string accountId, [AsParameters] EmployeeListParameters query, IGrainFactory grains) =>
        grains.FindPortal(accountId) is { } portal
        && await portal.ListEmployeesAsync(new EmployeeQuery(query.Position, query.Size, query.Chosen, query.Text)) is { } page
            ? TypedResults.Ok(query.Answer(page, EmployeeResponse.From))
            : ApiProblem.AccountNotFound();

    private static async Task<Results<Ok<EmployeeDetailsResponse>, ProblemHttpResult>> GetAsync(
        string accountId, long bitrixUserId, IGrainFactory grains)
    {
        if (grains.FindPortal(accountId) is { } portal && await portal.GetEmployeeAsync(bitrixUserId) is { } details)
        {
            return TypedResults.Ok(new EmployeeDetailsResponse(details));
        }

        return await grains.IsConnectedAsync(accountId)
            ? ApiProblem.EmployeeNotFound(accountId, bitrixUserId)
            : ApiProblem.AccountNotFound();
    }
}
