using Microsoft.Extensions.Options;
using OrleansSync.Hosting.Settings;

namespace OrleansSync.Api.Settings;

/// <summary>
/// Limits on the requests that one API process takes, each counted within a minute; 1 to 1,000,000. They bound load: the keys have 256
/// random bits, which nobody guesses at any rate.
/// </summary>
[Section("RateLimits")]
internal sealed record RateLimitSettings
{
    private const int MostPerMinute = 1_000_000;
    private const string Rule = "a whole number from 1 to 1000000, for each minute";

    /// <summary>
    /// Requests with one account key, or of one subject of the OIDC issuer. Default 3000: a program that looks after a run twenty times a
    /// second has as many to spare. The operator's key is not limited.
    /// </summary>
    [Within(1, MostPerMinute, Rule)]
    public int RequestsPerKey { get; init; } = 3000;

    /// <summary>Requests of one address without a valid key, other than health checks and events. Default 3000.</summary>
    [Within(1, MostPerMinute, Rule)]
    public int RequestsPerAddress { get; init; } = 3000;

    /// <summary>
    /// Bitrix24 events of one address for one account. Default 600: they start at most one run after the other, whatever their number.
    /// </summary>
    [Within(1, MostPerMinute, Rule)]
    public int EventsPerAccount { get; init; } = 600;

    /// <summary>
    /// Bitrix24 events of one address for all accounts together. Default 6000: the vendor's cloud sends the events of all portals from few
    /// addresses.
    /// </summary>
    [Within(1, MostPerMinute, Rule)]
    public int EventsPerAddress { get; init; } = 6000;

    /// <summary>Wrong keys of one address before its further ones are turned away unseen. Default 1200.</summary>
    [Within(1, MostPerMinute, Rule)]
    public int WrongKeysPerAddress { get; init; } = 1200;
}

[OptionsValidator]
internal sealed partial class RateLimitSettingsValidator : IValidateOptions<RateLimitSettings>;
