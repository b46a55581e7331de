using System.Net;
using System.Text;
using System.Text.Json;
using OrleansSync.Sandbox.Bitrix24;

namespace OrleansSync.Sandbox.Tests;

/// <summary>Calls a portal the way a client does, without any knowledge of what is allowed.</summary>
internal sealed class BitrixClient(BitrixPortal portal) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public async Task<(HttpStatusCode Status, JsonElement Body)> CallAsync(
        string method, string json, string contentType = "application/json")
    {
        using var response = await PostAsync(new Uri(portal.WebhookUrl, method), json, contentType);
        return (response.StatusCode, await JsonOf(response));
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> CallWithTokenAsync(string method, string token)
    {
        using var response = await PostAsync(
            new Uri(portal.ClientEndpoint, method), JsonSerializer.Serialize(new { auth = token }), "application/json");
        return (response.StatusCode, await JsonOf(response));
    }

    public async Task<HttpResponseMessage> PostAsync(Uri address, string body, string contentType)
    {
        using var content = new StringContent(body, Encoding.UTF8);
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(contentType);
        return await _http.PostAsync(address, content, TestContext.Current.CancellationToken);
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(Uri address)
    {
        using var response = await _http.GetAsync(address, TestContext.Current.CancellationToken);
        return (response.StatusCode, await JsonOf(response));
    }

    public void Dispose() => _http.Dispose();

    private static async Task<JsonElement> JsonOf(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).RootElement;
}
