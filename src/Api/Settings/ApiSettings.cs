using System.Net;
using OrleansSync.Hosting.Settings;

namespace OrleansSync.Api.Settings;

/// <summary>What the HTTP interface needs beyond the settings of every process, checked.</summary>
internal sealed record ApiSettings
{
    /// <summary>The operator's key; <see langword="null"/> means one is made in the data directory, embedded only.</summary>
    public SecretText? AdminKey { get; init; }

    /// <summary>The issuer of access tokens that are accepted besides keys; <see langword="null"/> means none.</summary>
    public OidcIssuer? Oidc { get; init; }

    /// <summary>Limits on the requests that are taken.</summary>
    public RateLimitSettings RateLimits { get; init; } = new();

    /// <summary>Networks of the proxies whose headers are believed. Default none.</summary>
    public IReadOnlyList<IPNetwork> KnownProxies { get; init; } = [];

    /// <summary>The application that people consent to.</summary>
    public ConsentSettings Consent { get; init; } = new();

    /// <summary>Reads what the interface needs.</summary>
    /// <returns>The settings; only to be used after <see cref="SettingsReader.RefuseProblems"/>.</returns>
    public static ApiSettings Read(SettingsReader reader)
    {
        RefuseBlindTrust(reader);
        return new()
        {
            AdminKey = reader.Read(new OperatorSettingsValidator()).AdminKey,
            Oidc = reader.Read(new OidcSettingsValidator()).Issuer,
            RateLimits = reader.Read(new RateLimitSettingsValidator()),
            KnownProxies = SettingValues.Networks(reader.Read(new HttpSettingsValidator()).KnownProxies),
            Consent = reader.Read(new ConsentSettingsValidator()),
        };
    }

    // The framework's own switch believes the headers of whoever sends them, so that everybody could choose the address that limits and
    // audit trail see.
    private static void RefuseBlindTrust(SettingsReader reader)
    {
        if (string.Equals(reader.Configuration["ForwardedHeaders_Enabled"], "true", StringComparison.OrdinalIgnoreCase))
        {
            reader.Refuse(
                "ASPNETCORE_FORWARDEDHEADERS_ENABLED believes every sender's X-Forwarded-For. Remove it, and name your proxies in "
                + "OrleansSync__Http__KnownProxies__0, …__1.");
        }
    }
}
