using System.Reflection;

namespace OrleansSync.Hosting.Settings;

/// <summary>
/// The names of all settings of all programs. Whatever else stands below <c>OrleansSync</c> is a mistake; a program reads those of its own
/// options classes alone and ignores what belongs to another.
/// </summary>
public static class SettingNames
{
    /// <summary>The section of the configuration, and the name of the connection string.</summary>
    public const string Root = "OrleansSync";

    /// <summary>Paths below the section, with colons. A number at the end stands for any.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "AdminKey", "Bitrix24:OAuth:ClientId", "Bitrix24:OAuth:ClientSecret", "Bitrix24:OAuth:RedirectAddress",
        "Bitrix24:OAuth:TokenEndpoint",
        "Cluster:AdvertisedAddress", "Cluster:ClusterId", "Cluster:GatewayPort", "Cluster:ServiceId", "Cluster:SiloPort", "DataDirectory",
        "Database:MaxConnections", "Http:KnownProxies:0", "Oidc:Audience", "Oidc:Authority", "Oidc:ClientId", "Oidc:ClientSecret",
        "Outbound:AllowedNetworks:0", "RateLimits:EventsPerAccount", "RateLimits:EventsPerAddress", "RateLimits:RequestsPerAddress",
        "RateLimits:RequestsPerKey", "RateLimits:WrongKeysPerAddress", "Schedule:Period", "Secrets:KeyFile",
    ];

    /// <summary>A setting as it is called in the environment, where colons are double underscores.</summary>
    /// <param name="path">Its path below the section.</param>
    public static string InEnvironment(string path) => $"{Root}:{path}".Replace(":", "__", StringComparison.Ordinal);

    /// <summary>The setting behind a member of an options class, as it is called in the environment.</summary>
    /// <param name="options">The class, with its <see cref="SectionAttribute"/>.</param>
    /// <param name="member">The member.</param>
    public static string InEnvironment(Type options, string member) => InEnvironment($"{PathOf(options)}:{member}".TrimStart(':'));

    /// <summary>The section of an options class below <see cref="Root"/>.</summary>
    /// <param name="options">The class, with its <see cref="SectionAttribute"/>.</param>
    public static string PathOf(Type options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.GetCustomAttribute<SectionAttribute>()!.Path;
    }

    internal static bool IsKnown(string path) => All.Contains(Numbered(path), StringComparer.OrdinalIgnoreCase);

    private static string Numbered(string path)
    {
        var last = path.LastIndexOf(':') + 1;
        return last > 0 && last < path.Length && path[last..].All(char.IsAsciiDigit) ? path[..last] + "0" : path;
    }
}
