namespace OrleansSync.CallGear;

/// <summary>What a call to the Data API proves itself with. No text form of it shows the key.</summary>
public sealed record CallGearCredentials
{
    /// <summary>Credentials of an account.</summary>
    /// <param name="baseUrl">Address of the API with its version, such as <c>https://dataapi.callgear.com/v2.0</c>.</param>
    /// <param name="accessToken">The key.</param>
    /// <param name="userId">The customer's user id where the key belongs to an agent; else null.</param>
    /// <exception cref="ArgumentException">Not an absolute http or https address without query, fragment and user name; or no
    /// key.</exception>
    public CallGearCredentials(Uri baseUrl, string accessToken, long? userId)
    {
        ArgumentNullException.ThrowIfNull(baseUrl);
        ArgumentException.ThrowIfNullOrWhiteSpace(accessToken);
        if (!baseUrl.IsAbsoluteUri
            || (baseUrl.Scheme != Uri.UriSchemeHttp && baseUrl.Scheme != Uri.UriSchemeHttps)
            || baseUrl.UserInfo.Length > 0
            || baseUrl.OriginalString.AsSpan().ContainsAny('?', '#'))
        {
            throw new ArgumentException("Not the address of a CallGear Data API.", nameof(baseUrl));
        }

        BaseUrl = Canonical(baseUrl);
        AccessToken = accessToken;
        UserId = userId;
    }

    /// <summary>
    /// An address in the one spelling that calls and comparisons use: without a slash at its end, the host in lower case, no port that is
    /// the scheme's own.
    /// </summary>
    /// <param name="address">An absolute http or https address.</param>
    public static Uri Canonical(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return new Uri(address.GetLeftPart(UriPartial.Path).TrimEnd('/'));
    }

    /// <summary>Address of the API, which differs between the vendor's regions.</summary>
    public Uri BaseUrl { get; }

    /// <summary>The customer's user id where the key belongs to an agent; else null.</summary>
    public long? UserId { get; }

    internal string AccessToken { get; }

    /// <summary>The address, without the key.</summary>
    public override string ToString() => $"CallGear {BaseUrl.AbsoluteUri}";
}
