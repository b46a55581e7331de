namespace OrleansSync.Sandbox;

/// <summary>Settings of a sandbox.</summary>
public sealed record SandboxOptions
{
    /// <summary>TCP port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>
    /// Loopback addresses to listen on, 127.0.0.1 and those after it, 1 to 250. More than one lets portals have hosts of their own
    /// (<see cref="Bitrix24.PortalSettings.Host"/>), as real portals do. Default 1; some systems have only that one.
    /// </summary>
    public int LoopbackAddresses { get; init; } = 1;

    /// <summary>Clock of tokens, limits and the log. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Client id that token renewals must bring.</summary>
    public string OAuthClientId { get; init; } = "local.sandbox";

    /// <summary>Client secret that token renewals must bring.</summary>
    public string OAuthClientSecret { get; init; } = "sandbox-client-secret";

    /// <summary>The address that people are sent back to after they consented; another is refused. Null: any on loopback.</summary>
    public Uri? OAuthRedirectAddress { get; init; }

    /// <summary>Finished requests that the log keeps; counters go on beyond it. Default 500,000, some 100 MB at worst.</summary>
    public int LoggedRequests { get; init; } = 500_000;
}
