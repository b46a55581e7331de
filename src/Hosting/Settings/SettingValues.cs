using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace OrleansSync.Hosting.Settings;

/// <summary>Strict readings of single values: what is written in two ways or only half is refused rather than guessed.</summary>
public static class SettingValues
{
    private static readonly string[] _durationForms = [@"hh\:mm\:ss", @"d\.hh\:mm\:ss"];

    /// <summary>Reads <c>hh:mm:ss</c> or <c>d.hh:mm:ss</c>. A bare number is refused: it would be read as days.</summary>
    public static TimeSpan? Duration(string text) =>
        TimeSpan.TryParseExact(text, _durationForms, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>Reads plain ASCII digits: no sign, no white space, no grouping.</summary>
    public static int? WholeNumber(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>Reads an address as it is usually written; shortened IPv4 forms such as <c>10.1</c> and scoped IPv6 are refused.</summary>
    public static IPAddress? Address(string text)
    {
        if (!IPAddress.TryParse(text, out var address) || text.Contains('%', StringComparison.Ordinal))
        {
            return null;
        }

        var isUsual = address.AddressFamily == AddressFamily.InterNetworkV6
            ? !text.Contains('[', StringComparison.Ordinal)
            : address.ToString() == text;
        return isUsual ? address : null;
    }

    /// <summary>Reads a network as <c>address/prefix</c> whose address is the network's first one.</summary>
    public static IPNetwork? Network(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || Address(text[..slash]) is not { } address || WholeNumber(text[(slash + 1)..]) is null
            || address.IsIPv4MappedToIPv6)
        {
            return null;
        }

        // Parsing alone would quietly cut off an address's bits behind the prefix.
        return IPNetwork.TryParse(text, out var network) && network.BaseAddress.Equals(address) ? network : null;
    }

    /// <summary>Reads networks in the order of their numbers; one that cannot be read is left out.</summary>
    public static IReadOnlyList<IPNetwork> Networks(IReadOnlyDictionary<string, string> numbered) =>
        [.. numbered.OrderBy(item => WholeNumber(item.Key)).Select(item => Network(item.Value)).OfType<IPNetwork>()];

    /// <summary>Reads an absolute http or https URL without user, query or fragment.</summary>
    public static Uri? WebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && uri.UserInfo.Length == 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0
            ? uri
            : null;

    /// <summary>Whether the text is 1 to 100 of ASCII letters, digits, <c>.</c>, <c>_</c> and <c>-</c>.</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= 100 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    /// <summary>Whether the text can be a bearer token: visible ASCII, no white space.</summary>
    public static bool IsBearerToken(string text) => text.Length <= 512 && text.All(c => c is > ' ' and <= '~');
}
