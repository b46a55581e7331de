namespace OrleansSync.Api.Web.Preferences;

/// <summary>Light, dark, or as the viewer's system has it.</summary>
internal static class ThemeChoice
{
    /// <summary>As the system has it: the choice of those who made none.</summary>
    public const string System = "system";

    public const string CookieName = "orleanssync.theme";

    public static IReadOnlyList<string> All { get; } = [System, "light", "dark"];

    /// <summary>The choice, or null when it is the system's.</summary>
    public static string? Of(HttpRequest? request) => request?.Cookies[CookieName] is { } choice and ("light" or "dark") ? choice : null;
}
