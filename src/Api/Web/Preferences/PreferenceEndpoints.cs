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
        [FromForm] string? theme, [FromForm] string? density, [FromForm] string? language,
        [FromQuery(Name = ReturnPage.Parameter)] string? page, HttpContext context)
    {
        var cookies = context.Response.Cookies;
        var cookie = new CookieOptions(_cookie) { Path = context.Request.PathBase.HasValue ? context.Request.PathBase.Value : "/" };
        if (theme is not null && ThemeChoice.All.Contains(theme))
        {
            cookies.Append(ThemeChoice.CookieName, theme, cookie);
        }

        if (density is not null && DensityChoice.All.Contains(density))
        {
            cookies.Append(DensityChoice.CookieName, density, cookie);
        }

        if (language is not null && LanguageChoice.All.Contains(language))
        {
            cookies.Append(
                CookieRequestCultureProvider.DefaultCookieName, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language)),
                cookie);
        }

        return LocalPath.RedirectTo(page);
    }
}
