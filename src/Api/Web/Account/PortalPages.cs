using System.Globalization;
using OrleansSync.Grains.Interfaces.Accounts;

namespace OrleansSync.Api.Web.Account;

/// <summary>Where a portal's own pages are.</summary>
internal static class PortalPages
{
    /// <summary>The address of the portal's first page, with a slash at its end.</summary>
    public static string Of(Bitrix24Access access) =>
        (access.DisplayAddress.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? "http://" : "https://")
            + access.PortalKey.TrimEnd('/') + "/";

    /// <summary>The page of a user, where its profile is edited.</summary>
    public static string OfUser(string portal, long userId) =>
        string.Create(CultureInfo.InvariantCulture, $"{portal}company/personal/user/{userId}/");
}
