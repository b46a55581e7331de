using System.Text.Json;

namespace OrleansSync.Sandbox.CallGear;

/// <summary>Ends the handling of a call with an error of the vendor.</summary>
internal sealed class RpcException(RpcError error) : Exception(error.Message)
{
    public RpcException(string mnemonic, string message, string? field = null, JsonElement? value = null)
        : this(new RpcError(mnemonic, message, field, value))
    {
    }

    public RpcError Error { get; } = error;
}
