using System.Text.Json;

namespace OrleansSync.Sandbox.CallGear;

/// <summary>An error of the Data API.</summary>
/// <param name="Mnemonic">What callers decide by.</param>
/// <param name="Message">Text for people.</param>
/// <param name="Field">Parameter it is about, or null.</param>
/// <param name="Value">That parameter's value, or null.</param>
internal sealed record RpcError(string Mnemonic, string Message, string? Field = null, JsonElement? Value = null)
{
    /// <summary>The error as an account tells it; what concerns the key, the plan or the limits is always told in full.</summary>
    public RpcError In(ErrorForm form) => (form, Code) switch
    {
        (ErrorForm.NoField, -32602) => this with { Field = null, Value = null },
        (ErrorForm.FreeText, -32602) => this with { Mnemonic = "error", Field = null, Value = null },
        _ => this,
    };

    public int Code => Mnemonic switch
    {
        "parse_error" => -32700,
        "invalid_request" => -32600,
        "method_not_found" => -32601,
        "internal_error" => -32603,
        "batch_operations_not_supported" or "notifications_not_supported" => -32099,
        "limit_exceeded" => -32029,
        "access_token_invalid" or "access_token_expired" or "access_token_blocked" or "auth_error" => -32001,
        "ip_not_whitelisted" or "forbidden" => -32003,
        "account_inactive" => -32009,
        "method_component_disabled" or "parameter_component_disabled" => -32008,
        _ => -32602,
    };
}
