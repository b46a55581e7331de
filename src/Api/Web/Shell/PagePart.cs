using Microsoft.AspNetCore.Components;
using OrleansSync.Api.Authorization;

namespace OrleansSync.Api.Web.Shell;

/// <summary>What every part of a page may ask: for whom it is drawn.</summary>
public abstract class PagePart : ComponentBase
{
    /// <summary>The request that the page answers.</summary>
    [CascadingParameter]
    protected HttpContext? Http { get; set; }

    /// <summary>Whether the viewer may do what concerns all accounts.</summary>
    protected bool IsOperator => Caller.Of(Http!.User).IsOperator;
}
