namespace OrleansSync.Bitrix24.Credentials;

/// <summary>The parts of an address on a portal: everything up to <c>/rest/</c> names the portal, the rest the key.</summary>
internal readonly record struct PortalAddress(Uri Origin, string Prefix, string[] AfterRest)
{
    /// <summary>
    /// Splits an absolute http or https address whose path has a segment <c>rest</c> followed by a given number of others.
    /// </summary>
    public static PortalAddress? Parse(string? text, int segmentsAfterRest)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
            || uri.Host.Length == 0
            || uri.UserInfo.Length > 0
            || uri.OriginalString.AsSpan().ContainsAny('?', '#'))
        {
            return null;
        }

        var path = uri.AbsolutePath[1..];
        var segments = (path.EndsWith('/') ? path[..^1] : path).Split('/');
        var rest = segments.Length - 1 - segmentsAfterRest;
        if (rest < 0 || segments[rest] != "rest" || segments.Any(static segment => segment.Length == 0))
        {
            return null;
        }

        var prefix = string.Concat(segments.Take(rest).Select(static segment => "/" + segment));
        return new PortalAddress(uri, prefix, segments[(rest + 1)..]);
    }

    /// <summary>
    /// The portal, whichever scheme or key is used: lower-case host, port unless it is the scheme's own, path before <c>/rest/</c>.
    /// </summary>
    public string Key
    {
        get
        {
            var host = Origin.HostNameType == UriHostNameType.IPv6 ? Origin.Host : Origin.IdnHost;
            var authority = host.ToLowerInvariant().TrimEnd('.');
            return Origin.IsDefaultPort ? authority + Prefix : $"{authority}:{Origin.Port}{Prefix}";
        }
    }

    /// <summary>The address up to and including <c>/rest/</c>.</summary>
    public string Root => $"{Origin.GetLeftPart(UriPartial.Authority)}{Prefix}/rest/";
}
