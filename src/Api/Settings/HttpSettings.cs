using Microsoft.Extensions.Options;
using OrleansSync.Hosting.Settings;

namespace OrleansSync.Api.Settings;

/// <summary>Where requests come from.</summary>
[Section("Http")]
internal sealed record HttpSettings
{
    /// <summary>
    /// Networks of the proxies whose <c>X-Forwarded-For</c>, <c>X-Forwarded-Proto</c> and <c>X-Forwarded-Prefix</c> are believed, each
    /// under its number. Default none: those headers are ignored.
    /// </summary>
    [Network("; a single proxy is 192.0.2.7/32")]
    public IReadOnlyDictionary<string, string> KnownProxies { get; init; } = new Dictionary<string, string>();
}

[OptionsValidator]
internal sealed partial class HttpSettingsValidator : IValidateOptions<HttpSettings>;
