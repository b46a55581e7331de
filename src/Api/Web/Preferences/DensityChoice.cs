namespace OrleansSync.Api.Web.Preferences;

/// <summary>How high the rows of tables are.</summary>
internal static class DensityChoice
{
    /// <summary>The choice of those who made none.</summary>
    public const string Regular = "regular";

    public const string CookieName = "orleanssync.density";

    private const string Compact = "compact";

    public static IReadOnlyList<string> All { get; } = [Regular, Compact];

    /// <summary>The choice, or null when it is <see cref="Regular"/>.</summary>
    public static string? Of(HttpRequest? request) => request?.Cookies[CookieName] == Compact ? Compact : null;
}
