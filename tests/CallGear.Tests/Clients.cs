using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OrleansSync.CallGear.Responses;
using OrleansSync.Testing.Loopback;

namespace OrleansSync.CallGear.Tests;

/// <summary>Clients as the host makes them, and a server that answers JSON-RPC.</summary>
internal static class Clients
{
    public const string Secret = "s3cretKey";

    public static CallGearClient Rpc(HttpClient http, TimeProvider? time = null) =>
        new(http, time ?? TimeProvider.System);

    public static HttpClient Http() => new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public static CallGearCredentials Credentials(Uri server, long? userId = null) => new(new Uri(server, "v2.0"), Secret, userId);

    /// <summary>Answers every request with a result or error under the request's own id.</summary>
    public static Task<LoopbackServer> ServeAsync(string resultOrError, int status = 200) =>
        LoopbackServer.StartAsync(async (context, request) =>
        {
            context.Response.StatusCode = status;
            var id = JsonNode.Parse(request.Body)!["id"]!.ToJsonString();
            await context.Response.WriteAsync($$"""{"jsonrpc":"2.0","id":{{id}},{{resultOrError}}}""", context.RequestAborted);
        });

    /// <summary>The parameters of the only request, after the envelope was checked.</summary>
    public static string Parameters(LoopbackServer server, string method)
    {
        var body = JsonNode.Parse(server.Request.Body)!.AsObject();
        Assert.Equal(["jsonrpc", "id", "method", "params"], body.Select(static member => member.Key));
        Assert.Equal(("2.0", method), ((string?)body["jsonrpc"], (string?)body["method"]));
        return body["params"]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    /// <summary>All that a result can tell anybody, the causes' messages among it.</summary>
    public static string Everything<T>(VendorResult<T, CallGearLimits> result) =>
        $"{result.Error} {result.Error?.Field} {result.Error?.Cause}";
}
