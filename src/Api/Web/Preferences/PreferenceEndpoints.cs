using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;

namespace OrleansSync.Api.Web.Preferences;

/// <summary>What a viewer prefers, kept in cookies of the browser.</summary>
internal static class PreferenceEndpoints
{
    private static readonly CookieOptions _cookie = new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        IsEssential = true,
        MaxAge = TimeSpan.FromDays(365),
    };

    public static void MapPreferences(this RouteGroupBuilder pages) => pages.MapPost("/preferences", Set).AllowAnonymous();

    private static RedirectHttpResult Set(
        [FromForm] string? theme, [FromForm] string? language, [FromQuery(Name = ReturnPage.Parameter)] string? page, HttpResponse response)
    {
        if (theme is not null && ThemeChoice.All.Contains(theme))
        {
            response.Cookies.Append(ThemeChoice.CookieName, theme, _cookie);
        }

        if (language is not null && LanguageChoice.All.Contains(language))
        {
            response.Cookies.Append(
                CookieRequestCultureProvider.DefaultCookieName, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language)),
                _cookie);
        }

        return TypedResults.LocalRedirect(LocalPath.Of(page));
    }
}
