using Microsoft.AspNetCore.Http.HttpResults;
using OrleansSync.Api.Authorization;
using OrleansSync.Api.Hosting;
using OrleansSync.Api.Parameters;
using OrleansSync.Api.Problems;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Api.Employees;

/// <summary>The users an account knows.</summary>
internal static class EmployeeEndpoints
{
    private static readonly ChoiceParameter<EmployeeOutcome> _outcome = new("outcome", "Only users with this outcome of their last run.");

    /// <summary>Maps the endpoints.</summary>
    /// <param name="account">The group of the account's addresses.</param>
    public static void MapEmployees(this RouteGroupBuilder account)
    {
        var employees = account.MapGroup("/employees").WithTags("Employees").RequireAuthorization(AccessPolicies.Account);
        employees.MapGet("", ListAsync).WithName("ListEmployees").WithSummary("The users this account knows, by id")
            .WithQuery(PageParameters.EmployeesCursor, PageParameters.Limit, _outcome, PageParameters.Query);
        employees.MapGet("/{bitrixUserId:long}", GetAsync).WithName("GetEmployee").WithSummary("One known user with its history, newest first");
    }

    private static async Task<Results<Ok<PageAnswer<EmployeeAnswer>>, ProblemHttpResult>> ListAsync(
        string accountId, HttpRequest request, IGrainFactory grains)
    {
        var query = new QueryReader(request);
        var wanted = new EmployeeQuery(
            query.Read(PageParameters.EmployeesCursor), query.ReadLimit(), query.Read(_outcome), query.Read(PageParameters.Query));
        if (!query.Errors.IsEmpty)
        {
            return ApiProblem.Invalid(query.Errors);
        }

        if (grains.FindPortal(accountId) is not { } portal || await portal.ListEmployeesAsync(wanted) is not { } page)
        {
            return ApiProblem.AccountNotFound();
        }

        return TypedResults.Ok(new PageAnswer<EmployeeAnswer>(
            [.. page.Items.Select(EmployeeAnswer.From)], PageCursor.Encode(PageParameters.EmployeesCursor.Kind, page.Next)));
    }

    private static async Task<Results<Ok<EmployeeDetailsAnswer>, ProblemHttpResult>> GetAsync(
        string accountId, long bitrixUserId, IGrainFactory grains)
    {
        if (grains.FindPortal(accountId) is { } portal && await portal.GetEmployeeAsync(bitrixUserId) is { } details)
        {
            return TypedResults.Ok(new EmployeeDetailsAnswer(details));
        }

        return await grains.IsConnectedAsync(accountId) ? ApiProblem.EmployeeNotFound(accountId, bitrixUserId) : ApiProblem.AccountNotFound();
    }
}
