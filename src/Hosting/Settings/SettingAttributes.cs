namespace OrleansSync.Hosting.Settings;

/// <summary>A whole number within bounds, both included.</summary>
/// <param name="min">The least.</param>
/// <param name="max">The most.</param>
/// <param name="allowed">What is allowed, for a refusal.</param>
public sealed class WithinAttribute(int min, int max, string allowed) : SettingAttribute(allowed)
{
    /// <inheritdoc />
    public override bool Allows(string text) => SettingValues.WholeNumber(text) is { } number && number >= min && number <= max;
}

/// <summary>A duration within bounds, both included.</summary>
/// <param name="min">The least, as <c>hh:mm:ss</c> or <c>d.hh:mm:ss</c>.</param>
/// <param name="max">The most.</param>
public sealed class DurationAttribute(string min, string max)
    : SettingAttribute($"a duration hh:mm:ss or d.hh:mm:ss from {min} to {max}")
{
    /// <inheritdoc />
    public override bool Allows(string text) =>
        SettingValues.Duration(text) is { } duration && duration >= SettingValues.Duration(min) && duration <= SettingValues.Duration(max);
}

/// <summary>A network in CIDR form, or a numbered list of them.</summary>
/// <param name="examples">How the refusal goes on.</param>
public sealed class NetworkAttribute(string examples)
    : SettingAttribute("a network in CIDR form whose address is its first one" + examples)
{
    /// <inheritdoc />
    public override bool Allows(string text) => SettingValues.Network(text) is not null;
}

/// <summary>An IP address that others can reach.</summary>
public sealed class ReachableAddressAttribute() : SettingAttribute("an IP address that others can reach, such as 10.0.0.5")
{
    /// <inheritdoc />
    public override bool Allows(string text) =>
        SettingValues.Address(text) is { } address
        && !address.Equals(System.Net.IPAddress.Any)
        && !address.Equals(System.Net.IPAddress.IPv6Any);
}

/// <summary>The name of a cluster or a service.</summary>
public sealed class ClusterNameAttribute() : SettingAttribute("1 to 100 of letters, digits, '.', '_' and '-'")
{
    /// <inheritdoc />
    public override bool Allows(string text) => SettingValues.IsName(text);
}

/// <summary>A key that is presented as a bearer token.</summary>
public sealed class BearerTokenAttribute() : SettingAttribute("at most 512 visible ASCII characters without spaces")
{
    /// <inheritdoc />
    public override bool Allows(string text) => SettingValues.IsBearerToken(text);
}

/// <summary>A path in the file system; a relative one counts from the folder that the process was started in.</summary>
/// <param name="allowed">What it leads to, for a refusal.</param>
public sealed class PathAttribute(string allowed) : SettingAttribute(allowed)
{
    /// <inheritdoc />
    public override bool Allows(string text) => !text.Contains('\0', StringComparison.Ordinal);
}

/// <summary>An absolute https URL without user, query and fragment.</summary>
/// <param name="allowed">What is allowed, for a refusal.</param>
public sealed class SecureAddressAttribute(string allowed) : SettingAttribute(allowed)
{
    /// <summary>How its path must end. Default: anyhow.</summary>
    public string EndsWith { get; init; } = "";

    /// <summary>Whether plain http is allowed to any host and not only to this machine. Default: no.</summary>
    public bool AllowsHttp { get; init; }

    /// <inheritdoc />
    public override bool Allows(string text) => SettingValues.WebAddress(text) is { } address
        && address.AbsolutePath.EndsWith(EndsWith, StringComparison.Ordinal)
        && (address.Scheme == Uri.UriSchemeHttps || address.IsLoopback || AllowsHttp);
}
