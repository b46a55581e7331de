using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using OrleansSync.Api.Settings;
using OrleansSync.Api.Web.Accounts;
using OrleansSync.Api.Web.Operation;
using OrleansSync.Api.Web.Preferences;
using OrleansSync.Api.Web.Responsible;
using OrleansSync.Api.Web.Runs;
using OrleansSync.Api.Web.Shell;
using OrleansSync.Api.Web.SignIn;

namespace OrleansSync.Api.Web;

/// <summary>The web pages as a whole.</summary>
internal static class WebPages
{
    public const string StatusPath = "/problem";

    public static IServiceCollection AddWebPages(this IServiceCollection services, OidcIssuer? oidc)
    {
        services.AddRazorComponents();
        services.AddLocalization();
        services.Configure<RequestLocalizationOptions>(LanguageChoice.Configure);
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "orleanssync.antiforgery";
            options.FormFieldName = "token";
        });
        services.AddCascadingAuthenticationState();
        services.AddSingleton<EnteredSecrets>().AddSingleton<ConnectSubmission>();
        return services.AddPageAccess().AddOidcSignIn(oidc);
    }

    /// <summary>
    /// Makes errors of pages pages, in the viewer's language. Comes before what answers errors of the interface for programs.
    /// </summary>
    public static void UsePageProblems(this WebApplication app) => app.UseWhen(context => context.Request.WantsPage(), pages =>
    {
        // In services of its own, or the page of the status would find itself not found as well: that is kept in those of the page that
        // was.
        pages.UseStatusCodePagesWithReExecute(StatusPath + "/{0}", createScopeForStatusCodePages: true);
        pages.Use((context, next) =>
        {
            if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null)
            {
                // The page is only shown; what was sent with a form that was refused is none of its business.
                context.Request.Method = HttpMethods.Get;
            }

            return next(context);
        });
    });

    /// <summary>
    /// Refuses forms without a valid token, before anything of them is read. A token belongs to a sign-in: where that has ended, so has the
    /// form, and the way leads back to its page. Comes behind what checks the tokens.
    /// </summary>
    public static void UsePageForms(this WebApplication app) => app.Use((context, next) =>
    {
        if (context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false }
            || context.GetEndpoint()?.Metadata.GetMetadata<PartOfPages>() is null)
        {
            return next(context);
        }

        if (context.User.Identity is { IsAuthenticated: true })
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
        else
        {
            context.Response.Redirect(ReturnPage.SignInAgain(context.Request));
        }

        return Task.CompletedTask;
    });

    /// <summary>Maps the pages, the targets of their forms, and the files they are made of.</summary>
    public static void MapWebPages(this WebApplication app)
    {
        app.MapPageFiles().AllowAnonymous().DisableRateLimiting().WithMetadata(new PartOfPages());
        app.MapRazorComponents<App>()
            .RequireAuthorization(PageAccess.SignedIn)
            .WithMetadata(new PartOfPages());

        var forms = app.MapGroup("").ExcludeFromDescription().RequireAuthorization(PageAccess.SignedIn).WithMetadata(new PartOfPages());
        forms.WithMetadata(new RequireAntiforgeryTokenAttribute());
        forms.MapSignIn();
        forms.MapPreferences();
        forms.MapAccountForms();
        forms.MapRunForms();
        forms.MapResponsibleForms();
        forms.MapRunDownloads();
        app.MapDashboard();
    }
}
