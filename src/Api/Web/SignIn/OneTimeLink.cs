using OrleansSync.Api.Authorization;
using OrleansSync.Api.Hosting;

namespace OrleansSync.Api.Web.SignIn;

/// <summary>The link that signs in whoever sees the terminal of this process, without typing a key.</summary>
internal static class OneTimeLink
{
    /// <summary>
    /// Makes a link to a service that has started; null where the output is no terminal: what goes to a file or a collector of logs is
    /// kept, and others read it.
    /// </summary>
    public static Uri? ForTerminal(WebApplication app) => Console.IsOutputRedirected
        ? null
        : Of(ReachableAddress.Of(app.Urls.First()), app.Services.GetRequiredService<OneTimeKey>());

    /// <summary>Makes a link.</summary>
    /// <param name="service">Where the service is reached, with a slash at its end.</param>
    /// <param name="key">Makes the code of the link.</param>
    public static Uri Of(Uri service, OneTimeKey key) => new(service, $"{SignInEndpoints.OncePath[1..]}#{key.Issue().Reveal()}");

    /// <summary>The line that tells it, and how long it lasts.</summary>
    public static string Line(Uri link) => $"Open within {OneTimeKey.Lifetime.TotalMinutes} minutes, once  {link}";
}
