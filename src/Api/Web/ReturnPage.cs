using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using OrleansSync.Api.Authorization;
using OrleansSync.Api.Web.SignIn;
using OrleansSync.Grains.Interfaces.Accounts;

namespace OrleansSync.Api.Web;

/// <summary>
/// The page that somebody goes back to; its address begins behind the prefix under which a proxy shows this service. The target of a form
/// is none: whoever presses a button after the sign-in has ended comes back to the page with the button, and reads there that nothing was
/// started.
/// </summary>
internal static class ReturnPage
{
    /// <summary>The parameter by which the address of a form's target says which page the form stands on.</summary>
    public const string Parameter = "page";

    /// <summary>The name of the notice that says that nothing was started.</summary>
    public const string NothingStarted = "nothingStarted";

    private const string NoticeParameter = "notice";

    /// <summary>
    /// The address of the page that is being made: also when it is made to tell of a failure, which has an address of its own.
    /// </summary>
    public static string Of(HttpContext context) => context.Features.Get<IStatusCodeReExecuteFeature>() is { } failed
        ? failed.OriginalPath + failed.OriginalQueryString
        : context.Request.Path + context.Request.QueryString;

    /// <summary>A link to it. Whatever somebody asked for, it leads to no other host, and is no script.</summary>
    public static string LinkOf(HttpContext context) => "." + Of(context);

    /// <summary>Where somebody signs in who asked for a page.</summary>
    public static string SignIn(HttpRequest request) => UriHelper.BuildAbsolute(
        request.Scheme, request.Host, request.PathBase, SignInEndpoints.Path,
        QueryString.Create(SignInEndpoints.ReturnParameter, request.Path + request.QueryString));

    /// <summary>Where somebody signs in again whose form came too late.</summary>
    public static string SignInAgain(HttpRequest request) => QueryHelpers.AddQueryString(
        request.PathBase + SignInEndpoints.Path, new Dictionary<string, string?>
        {
            [SignInEndpoints.ReturnParameter] = WithNotice(PageOf(request), NothingStarted),
            [SignInEndpoints.ExpiredParameter] = "true",
        });

    /// <summary>Leads back to the page with the form, which tells of what was done.</summary>
    public static RedirectHttpResult BackWith(HttpRequest request, string notice) =>
        LocalPath.RedirectTo(WithNotice(PageOf(request), notice));

    private static string PageOf(HttpRequest request)
    {
        var context = request.HttpContext;
        if (context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
        {
            return request.Path + request.QueryString;
        }

        // A form that names no page of ours was not drawn by this release: its account's first page is the nearest there is.
        return request.Query.ContainsKey(Parameter) ? LocalPath.Of(request.Query[Parameter])
            : context.GetRouteValue(AccountAccessRequirement.RouteParameter) is string account && AccountId.IsValid(account)
                ? "/accounts/" + account
            : LocalPath.Of(address: null);
    }

    private static string WithNotice(string page, string notice)
    {
        var parts = page.Split('?', 2);
        var others = QueryHelpers.ParseQuery(parts.ElementAtOrDefault(1)).Where(parameter => parameter.Key != NoticeParameter);
        return QueryHelpers.AddQueryString(parts[0], others.Append(new(NoticeParameter, notice)));
    }
}
