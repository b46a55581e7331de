using System.Net;
using Npgsql;
using OrleansSync.Bitrix24;

namespace OrleansSync.Hosting.Settings;

/// <summary>
/// Reads and checks the section <c>OrleansSync</c> and the connection string, the same way for every process. All problems are
/// found at once, so that an operator need not start once per mistake. A setting that is empty counts as not given.
/// </summary>
public static class SettingsReader
{
    private const string Root = "OrleansSync";
    private const string RedirectPath = "/connect/bitrix24";
    private static readonly TimeSpan _minPeriod = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _maxPeriod = TimeSpan.FromDays(7);

    /// <summary>Reads the settings.</summary>
    /// <param name="configuration">The whole configuration of the process.</param>
    /// <returns>The settings, or the list of problems.</returns>
    public static SettingsReading Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var section = new SettingsSection(configuration, Root);
        var networks = section.List("Outbound:AllowedNetworks", SettingValues.Network,
            "a network in CIDR form whose address is its first one, for example 10.0.0.0/8 or 127.0.0.0/8");
        var settings = new OrleansSyncSettings
        {
            ConnectionString = ReadConnectionString(configuration, section),
            DataDirectory = ReadDataDirectory(section),
            AdminKey = section.Secret("AdminKey", SettingValues.IsBearerToken, "at most 512 visible ASCII characters without spaces"),
            KeyFile = section.Value("Secrets:KeyFile", FullPath, "the path of a file"),
            SchedulePeriod = section.Value("Schedule:Period", Period, "a duration hh:mm:ss or d.hh:mm:ss from 00:01:00 to 7.00:00:00", TimeSpan.FromMinutes(30)),
            AllowedNetworks = networks,
            Bitrix24OAuth = ReadBitrix24OAuth(section, networks),
            Cluster = ReadCluster(section),
            Database = new() { MaxConnections = section.Value("Database:MaxConnections", Within(2, 1000), "a whole number from 2 to 1000", 20) },
            Oidc = ReadOidc(section),
            RateLimits = ReadRateLimits(section),
            KnownProxies = section.List("Http:KnownProxies", SettingValues.Network,
                "a network in CIDR form whose address is its first one; a single proxy is 192.0.2.7/32"),
            OtlpEndpoint = ReadOtlpEndpoint(configuration, section),
        };
        RefuseBlindTrust(configuration, section);
        section.RefuseUnread();
        return new(section.Problems.Count == 0 ? settings : null, section.Problems);
    }

    private static SecretText? ReadConnectionString(IConfiguration configuration, SettingsSection section)
    {
        const string setting = "ConnectionStrings__OrleansSync";
        var text = configuration.GetConnectionString(Root);
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        try
        {
            var builder = new NpgsqlConnectionStringBuilder(text);
            if (string.IsNullOrWhiteSpace(builder.Host) || string.IsNullOrWhiteSpace(builder.Database))
            {
                section.Refuse(setting, $"{setting} must name a host and a database: Host=…;Database=…;Username=…;Password=….");
            }
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException)
        {
            // The text of the exception may quote the value, which holds the password.
            section.Refuse(setting, $"{setting} is not a PostgreSQL connection string. It has the form Host=…;Database=…;Username=…;Password=….");
        }

        return new(text);
    }

    private static string ReadDataDirectory(SettingsSection section)
    {
        if (section.Value("DataDirectory", FullPath, "the path of a directory") is { } given)
        {
            return given;
        }

        var folder = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        if (folder.Length == 0 && !section.HasProblem("DataDirectory"))
        {
            section.Refuse(SettingsSection.EnvironmentForm(Root, "DataDirectory"),
                "OrleansSync__DataDirectory must be set, because this user has no home directory to keep data in.");
        }

        return Path.Combine(folder, "OrleansSync");
    }

    private static Bitrix24OAuthSettings ReadBitrix24OAuth(SettingsSection section, IReadOnlyList<IPNetwork> networks)
    {
        var oauth = new Bitrix24OAuthSettings
        {
            ClientId = section.Value("Bitrix24:OAuth:ClientId", text => text, "the id of the application"),
            ClientSecret = section.Secret("Bitrix24:OAuth:ClientSecret", _ => true, "the secret of the application"),
            TokenEndpoint = section.Value(
                "Bitrix24:OAuth:TokenEndpoint",
                text => SettingValues.WebAddress(text) is { } uri && (uri.Scheme == Uri.UriSchemeHttps || networks.Count > 0) ? uri : null,
                "an https URL without user, query and fragment (plain http only together with OrleansSync__Outbound__AllowedNetworks)")
                ?? Bitrix24OAuthClient.DefaultTokenEndpoint,
            RedirectAddress = section.Value(
                "Bitrix24:OAuth:RedirectAddress",
                text => SettingValues.WebAddress(text) is { AbsolutePath: var path } uri && path.EndsWith(RedirectPath, StringComparison.Ordinal)
                    && (uri.Scheme == Uri.UriSchemeHttps || uri.IsLoopback) ? uri : null,
                $"the https URL of this service's page {RedirectPath}, as it is registered with the application (http on loopback only)"),
        };
        section.RefuseWithout("Bitrix24:OAuth:ClientId", oauth.ClientId is not null, "Bitrix24:OAuth:RedirectAddress", oauth.RedirectAddress is not null);
        section.RefuseHalf("Bitrix24:OAuth:ClientId", oauth.ClientId is not null, "Bitrix24:OAuth:ClientSecret", oauth.ClientSecret is not null);
        return oauth;
    }

    private static ClusterSettings ReadCluster(SettingsSection section)
    {
        var cluster = new ClusterSettings
        {
            SiloPort = section.Value("Cluster:SiloPort", Within(1, 65535), "a port from 1 to 65535", 11111),
            GatewayPort = section.Value("Cluster:GatewayPort", Within(1, 65535), "a port from 1 to 65535", 30000),
            AdvertisedAddress = section.Value("Cluster:AdvertisedAddress", Reachable, "an IP address that others can reach, such as 10.0.0.5"),
            ClusterId = section.Value("Cluster:ClusterId", Name, "1 to 100 of letters, digits, '.', '_' and '-'") ?? "orleanssync",
            ServiceId = section.Value("Cluster:ServiceId", Name, "1 to 100 of letters, digits, '.', '_' and '-'") ?? "orleanssync",
        };
        if (cluster.SiloPort == cluster.GatewayPort)
        {
            section.Refuse("OrleansSync__Cluster__GatewayPort",
                $"OrleansSync__Cluster__GatewayPort is {cluster.GatewayPort} and so is OrleansSync__Cluster__SiloPort; the two ports must differ.");
        }

        return cluster;
    }

    private static OidcSettings? ReadOidc(SettingsSection section)
    {
        var authority = section.Value(
            "Oidc:Authority",
            text => SettingValues.WebAddress(text) is { } uri && (uri.Scheme == Uri.UriSchemeHttps || uri.IsLoopback) ? uri : null,
            "an https URL without user, query and fragment");
        var audience = section.Value("Oidc:Audience", text => text, "the audience of the tokens");
        section.RefuseHalf("Oidc:Authority", authority is not null, "Oidc:Audience", audience is not null);
        var clientId = section.Value("Oidc:ClientId", text => text, "the id of the web pages at the issuer");
        var clientSecret = section.Secret("Oidc:ClientSecret", _ => true, "the secret of the web pages at the issuer");
        section.RefuseWithout("Oidc:ClientId", clientId is not null, "Oidc:ClientSecret", clientSecret is not null);
        section.RefuseWithout("Oidc:Authority", authority is not null, "Oidc:ClientId", clientId is not null);
        return authority is not null && audience is not null ? new(authority, audience, clientId, clientSecret) : null;
    }

    private static RateLimitSettings ReadRateLimits(SettingsSection section)
    {
        var defaults = new RateLimitSettings();
        return new()
        {
            RequestsPerKey = Limit("RequestsPerKey", defaults.RequestsPerKey),
            RequestsPerAddress = Limit("RequestsPerAddress", defaults.RequestsPerAddress),
            EventsPerAccount = Limit("EventsPerAccount", defaults.EventsPerAccount),
            EventsPerAddress = Limit("EventsPerAddress", defaults.EventsPerAddress),
            WrongKeysPerAddress = Limit("WrongKeysPerAddress", defaults.WrongKeysPerAddress),
        };

        int Limit(string name, int fallback) =>
            section.Value("RateLimits:" + name, Within(1, 1_000_000), "a whole number from 1 to 1000000, for each minute", fallback);
    }

    private static Uri? ReadOtlpEndpoint(IConfiguration configuration, SettingsSection section)
    {
        const string setting = "OTEL_EXPORTER_OTLP_ENDPOINT";
        if (configuration[setting] is not { } text || string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var endpoint = SettingValues.WebAddress(text);
        if (endpoint is null)
        {
            section.Refuse(setting, $"{setting} is '{text}', which is not allowed. It must be the http or https URL of a collector, such as http://127.0.0.1:4317.");
        }

        return endpoint;
    }

    // The framework's own switch believes the headers of whoever sends them, so that everybody could choose the address that limits and audit trail see.
    private static void RefuseBlindTrust(IConfiguration configuration, SettingsSection section)
    {
        if (string.Equals(configuration["ForwardedHeaders_Enabled"], "true", StringComparison.OrdinalIgnoreCase))
        {
            section.Refuse("ASPNETCORE_FORWARDEDHEADERS_ENABLED",
                "ASPNETCORE_FORWARDEDHEADERS_ENABLED believes every sender's X-Forwarded-For. Remove it, and name your proxies in OrleansSync__Http__KnownProxies__0, …__1.");
        }
    }

    private static TimeSpan? Period(string text) =>
        SettingValues.Duration(text) is { } period && period >= _minPeriod && period <= _maxPeriod ? period : null;

    private static Func<string, int?> Within(int min, int max) =>
        text => SettingValues.WholeNumber(text) is { } number && number >= min && number <= max ? number : null;

    private static string? Name(string text) => SettingValues.IsName(text) ? text : null;

    private static IPAddress? Reachable(string text) =>
        SettingValues.Address(text) is { } address && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any) ? address : null;

    private static string? FullPath(string text) => text.Contains('\0', StringComparison.Ordinal) ? null : Path.GetFullPath(text);
}
