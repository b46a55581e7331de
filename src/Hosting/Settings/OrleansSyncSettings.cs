using System.Net;
using OrleansSync.Bitrix24;
using OrleansSync.Storage;

namespace OrleansSync.Hosting.Settings;

/// <summary>How the processes of this installation are put together.</summary>
public enum HostingMode
{
    /// <summary>One process with an embedded silo and its state in a SQLite file: no connection string is set.</summary>
    Embedded,

    /// <summary>Silos and API processes that meet in a PostgreSQL database.</summary>
    Cluster,
}

/// <summary>Everything an operator can set, read and checked by <see cref="SettingsReader"/>.</summary>
public sealed record OrleansSyncSettings
{
    /// <summary>The PostgreSQL connection string (<c>ConnectionStrings__OrleansSync</c>); <see langword="null"/> means embedded.</summary>
    public SecretText? ConnectionString { get; init; }

    /// <summary>Embedded or cluster, which follows from <see cref="ConnectionString"/> alone.</summary>
    public HostingMode Mode => ConnectionString is null ? HostingMode.Embedded : HostingMode.Cluster;

    /// <summary>Absolute path of the directory with the SQLite file and the keys. Default: a folder of the user.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The operator's key; <see langword="null"/> means one is made in the data directory, embedded only.</summary>
    public SecretText? AdminKey { get; init; }

    /// <summary>Absolute path of the file that protects the key ring; <see langword="null"/> means one is made in the data directory, embedded only.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Time between two scheduled imports of an account (R1.1). Default 30 minutes, 1 minute to 7 days.</summary>
    public TimeSpan SchedulePeriod { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Networks that account URLs may reach although private or loopback, and over plain http. Default none.</summary>
    public IReadOnlyList<IPNetwork> AllowedNetworks { get; init; } = [];

    /// <summary>The Bitrix24 OAuth application.</summary>
    public Bitrix24OAuthSettings Bitrix24OAuth { get; init; } = new();

    /// <summary>Where this silo listens and which cluster it belongs to. Without effect when embedded.</summary>
    public ClusterSettings Cluster { get; init; } = new();

    /// <summary>Limits of the use of PostgreSQL. Without effect when embedded.</summary>
    public DatabaseSettings Database { get; init; } = new();

    /// <summary>The issuer of access tokens that are accepted besides keys; <see langword="null"/> means none.</summary>
    public OidcSettings? Oidc { get; init; }

    /// <summary>Limits on the requests that the API takes.</summary>
    public RateLimitSettings RateLimits { get; init; } = new();

    /// <summary>
    /// Networks of the proxies whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed. Default none: those headers are ignored.
    /// </summary>
    public IReadOnlyList<IPNetwork> KnownProxies { get; init; } = [];

    /// <summary>The OpenTelemetry collector that traces, metrics and logs go to (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>); <see langword="null"/> means none.</summary>
    public Uri? OtlpEndpoint { get; init; }
}

/// <summary>The OAuth application that was registered with Bitrix24.</summary>
public sealed record Bitrix24OAuthSettings
{
    /// <summary>The application's id; <see langword="null"/> means accounts can be connected by webhook only.</summary>
    public string? ClientId { get; init; }

    /// <summary>The application's secret; set exactly when <see cref="ClientId"/> is.</summary>
    public SecretText? ClientSecret { get; init; }

    /// <summary>Where tokens are renewed. Default: the vendor's.</summary>
    public Uri TokenEndpoint { get; init; } = Bitrix24OAuthClient.DefaultTokenEndpoint;

    /// <summary>
    /// Where the application is registered to send people back to: the page <c>/connect/bitrix24</c> of this service. <see langword="null"/> means that
    /// nobody can be sent to a portal to consent.
    /// </summary>
    public Uri? RedirectAddress { get; init; }
}

/// <summary>Where a silo listens and which cluster it joins.</summary>
public sealed record ClusterSettings
{
    /// <summary>TCP port for other silos. Default 11111.</summary>
    public int SiloPort { get; init; } = 11111;

    /// <summary>TCP port for clients. Default 30000.</summary>
    public int GatewayPort { get; init; } = 30000;

    /// <summary>The address that others reach this silo at; <see langword="null"/> means the machine's own.</summary>
    public IPAddress? AdvertisedAddress { get; init; }

    /// <summary>Silos and clients with the same id find each other. Default <c>orleanssync</c>.</summary>
    public string ClusterId { get; init; } = "orleanssync";

    /// <summary>State and reminders belong to a service id, so it outlives clusters. Default <c>orleanssync</c>.</summary>
    public string ServiceId { get; init; } = "orleanssync";
}

/// <summary>The issuer of access tokens.</summary>
/// <param name="Authority">The issuer's URL; its discovery document is read from there.</param>
/// <param name="Audience">The audience that tokens must name.</param>
/// <param name="ClientId">The id under which the issuer knows the web pages; <see langword="null"/> means that people sign in with keys only.</param>
/// <param name="ClientSecret">The secret of that id; <see langword="null"/> for a public client.</param>
public sealed record OidcSettings(Uri Authority, string Audience, string? ClientId = null, SecretText? ClientSecret = null);
