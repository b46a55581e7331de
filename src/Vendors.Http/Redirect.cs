namespace OrleansSync.Vendors.Http;

/// <summary>
/// A redirect that was answered. Of the address it names only the host is kept: the rest may repeat the request's secrets.
/// </summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Host">
/// The host in its ASCII form, with the port where it is not the scheme's own; null when the answer names no http or https address.
/// </param>
/// <param name="IsSameHost">Whether that is the host that was asked, so that only scheme or path differ.</param>
public sealed record Redirect(int Status, string? Host, bool IsSameHost)
{
    /// <summary>What an answer to a request says.</summary>
    /// <param name="status">The answer's status.</param>
    /// <param name="asked">The address that was asked.</param>
    /// <param name="location">Where it sends to, perhaps relative to that; null when it does not say.</param>
    public static Redirect Of(int status, Uri? asked, Uri? location)
    {
        var host = asked is not null && location is not null && Uri.TryCreate(asked, location, out var target) ? HostOf(target) : null;
        return new Redirect(status, host, host is not null && host == HostOf(asked!));
    }

    private static string? HostOf(Uri uri)
    {
        if ((uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp) || uri.Host.Length == 0)
        {
            return null;
        }

        var host = uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost.TrimEnd('.');
        return uri.IsDefaultPort ? host : $"{host}:{uri.Port}";
    }
}
