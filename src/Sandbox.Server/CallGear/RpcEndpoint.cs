using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using OrleansSync.Sandbox.Faults;
using OrleansSync.Sandbox.Requests;

namespace OrleansSync.Sandbox.CallGear;

/// <summary>Serves <c>/callgear/v2.0</c>: JSON-RPC 2.0 without batches and notifications.</summary>
internal sealed class RpcEndpoint(ConcurrentDictionary<string, CallGearAccount> accounts, VendorExchange exchange, FaultBook faults)
{
    private readonly ConditionalWeakTable<CallGearAccount, RpcMethods> _methods = [];

    /// <summary>Serves one call.</summary>
    public async Task ServeAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            await RefuseAsync(context, new RpcError("invalid_request", "Only POST is supported"), 405);
            return;
        }

        if (!IsJsonUtf8(context.Request.ContentType))
        {
            await RefuseAsync(context, new RpcError("invalid_request", "Content-Type must be application/json; charset=UTF-8"), 415);
            return;
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(await RequestBody.ReadAsync(context.Request, context.RequestAborted));
        }
        catch (JsonException)
        {
            await RefuseAsync(context, new RpcError("parse_error", "The request is not JSON"), 200);
            return;
        }

        using (document)
        {
            await ServeAsync(context, document.RootElement);
        }
    }

    private async Task ServeAsync(HttpContext context, JsonElement envelope)
    {
        var id = IdOf(envelope);
        try
        {
            CheckEnvelope(envelope, id);
            var parameters = envelope.GetProperty("params");
            var method = envelope.GetProperty("method").GetString()!;
            var account = AccountOf(parameters);
            await exchange.RunAsync(
                context,
                new VendorRequest(Vendor.CallGear, account.Id, method, 1, WithoutToken(parameters)),
                () => _methods.GetValue(account, a => new RpcMethods(a, faults)).Execute(method, id!.Value, parameters),
                fault => Refuse(account, id!.Value, fault));
        }
        catch (RpcException refusal)
        {
            await RefuseAsync(context, refusal.Error, 200, id, MethodOf(envelope));
        }
    }

    private static VendorResponse Refuse(CallGearAccount account, JsonElement id, Fault fault)
    {
        var mnemonic = fault.Kind == FaultKind.RateLimit ? "limit_exceeded" : fault.Code ?? "internal_error";
        var error = new RpcError(mnemonic, fault.Message ?? $"Refused: {mnemonic}", fault.Field);
        return RpcAnswers.Error(id, error, writer =>
        {
            lock (account.Lock)
            {
                account.Limits.Write(writer, account.Settings);
            }
        });
    }

    private static bool IsJsonUtf8(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) &&
        type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) &&
        type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    private static JsonElement? IdOf(JsonElement envelope) =>
        envelope.ValueKind == JsonValueKind.Object && envelope.TryGetProperty("id", out var id) &&
        id.ValueKind is JsonValueKind.String or JsonValueKind.Number ? id : null;

    private static string MethodOf(JsonElement envelope) =>
        envelope.ValueKind == JsonValueKind.Object
        && envelope.TryGetProperty("method", out var method)
        && method.ValueKind == JsonValueKind.String
            ? method.GetString()! : "?";

    private static void CheckEnvelope(JsonElement envelope, JsonElement? id)
    {
        if (envelope.ValueKind == JsonValueKind.Array)
        {
            throw new RpcException("batch_operations_not_supported", "Batch requests are not supported");
        }

        if (envelope.ValueKind != JsonValueKind.Object)
        {
            throw new RpcException("invalid_request", "The request is not an object");
        }

        if (!envelope.TryGetProperty("id", out _))
        {
            throw new RpcException("notifications_not_supported", "Notifications are not supported: id is missing");
        }

        if (id is null || MethodOf(envelope) == "?" ||
            !envelope.TryGetProperty("jsonrpc", out var version)
                || version.ValueKind != JsonValueKind.String
                || version.GetString() != "2.0")
        {
            throw new RpcException("invalid_request", "The request needs jsonrpc 2.0, a method, and an id that is a string or a number");
        }

        if (!envelope.TryGetProperty("params", out var parameters) || parameters.ValueKind != JsonValueKind.Object)
        {
            throw new RpcException("invalid_request", "params must be an object");
        }
    }

    private CallGearAccount AccountOf(JsonElement parameters)
    {
        var named = parameters.TryGetProperty("access_token", out var token) && token.ValueKind == JsonValueKind.String
            ? token.GetString()
            : null;
        if (string.IsNullOrEmpty(named))
        {
            throw new RpcException("required_parameter_missed", "Required parameter is missing: access_token", "access_token");
        }

        var hasUser = parameters.TryGetProperty("user_id", out var user) && user.ValueKind != JsonValueKind.Null;
        // Enumerating the pairs takes no lock, other than Values.
        if (accounts.FirstOrDefault(a => a.Value.AccessToken == named).Value is { } own)
        {
            return hasUser ? throw new RpcException("unexpected_parameters", "user_id is for agents", "user_id") : own;
        }

        var managed = accounts.Where(a => a.Value.Settings.AgentToken == named).Select(a => a.Value).ToArray();
        if (managed.Length == 0)
        {
            throw new RpcException("access_token_invalid", "The access token is not valid");
        }

        if (!hasUser)
        {
            throw new RpcException("required_parameter_missed", "An agent's call needs user_id", "user_id");
        }

        if (user.ValueKind != JsonValueKind.Number || !user.TryGetInt64(out var number))
        {
            throw new RpcException("data_type_error", "user_id must be a whole number", "user_id", user);
        }

        return managed.FirstOrDefault(a => a.Settings.UserId == number)
            ?? throw new RpcException("forbidden", "The agent has no such customer", "user_id", user);
    }

    private static JsonElement WithoutToken(JsonElement parameters) =>
        JsonSerializer.SerializeToElement(
            parameters.EnumerateObject().Where(p => p.Name != "access_token").DistinctBy(p => p.Name).ToDictionary(
                p => p.Name, p => p.Value),
            CallGearJson.Default.DictionaryStringJsonElement);

    private Task RefuseAsync(HttpContext context, RpcError error, int status, JsonElement? id = null, string method = "?") =>
        exchange.RunAsync(
            context, new VendorRequest(Vendor.CallGear, "", method), () => RpcAnswers.Error(id, error, null, status));
}
