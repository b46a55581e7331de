using OrleansSync.Bitrix24.Responses;
using OrleansSync.Bitrix24.Credentials;
using OrleansSync.Testing.Loopback;

namespace OrleansSync.Bitrix24.Tests;

/// <summary>Clients as the host makes them, and credentials of a portal on loopback.</summary>
internal static class Clients
{
    public const string Secret = "s3cretWebh00k";

    public static Bitrix24Client Rest(HttpClient http, TimeProvider? time = null) =>
        new(http, time ?? TimeProvider.System);

    public static HttpClient Http() => new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public static WebhookCredentials Webhook(Uri server) => new(new Uri(server, $"rest/1/{Secret}/"));

    public static WebhookCredentials Webhook(LoopbackServer server) => Webhook(server.Url);

    /// <summary>All that a result can tell anybody, the causes' messages among it.</summary>
    public static string Everything<T>(VendorResult<T, Bitrix24Timing> result) =>
        $"{result.Error} {result.Error?.Code} {result.Error?.Cause}";
}
