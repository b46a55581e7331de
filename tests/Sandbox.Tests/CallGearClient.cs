using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansSync.Sandbox.CallGear;

namespace OrleansSync.Sandbox.Tests;

/// <summary>Calls an account the way a client does, without any knowledge of what is allowed.</summary>
internal sealed class CallGearClient(CallGearAccount account) : IDisposable
{
    private readonly HttpClient _http = new();

    /// <summary>Calls a method with the account's key added to the parameters.</summary>
    public async Task<JsonElement> CallAsync(string method, string parameters = "{}")
    {
        var members = JsonNode.Parse(parameters)!.AsObject();
        members.TryAdd("access_token", account.AccessToken);
        var envelope = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 1, ["method"] = method, ["params"] = members };
        return (await PostAsync(envelope.ToJsonString())).Body;
    }

    /// <summary>The mnemonic and field that a method is refused with; nulls when it succeeds.</summary>
    public async Task<(string? Mnemonic, string? Field)> RefusalAsync(string method, string parameters) =>
        RefusalIn(await CallAsync(method, parameters));

    public async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(
        string body, string contentType = "application/json; charset=UTF-8")
    {
        using var content = new StringContent(body, Encoding.UTF8);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        using var response = await _http.PostAsync(account.BaseUrl, content, TestContext.Current.CancellationToken);
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        return (response.StatusCode, JsonDocument.Parse(bytes).RootElement);
    }

    public static (string? Mnemonic, string? Field) RefusalIn(JsonElement answer) => answer.TryGetProperty("error", out var error)
        ? (error.GetProperty("data").GetProperty("mnemonic").GetString(), error.GetProperty("data").GetProperty("field").GetString())
        : (null, null);

    public void Dispose() => _http.Dispose();
}
