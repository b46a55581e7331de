using System.Text.Json;
using OrleansSync.Sandbox.Requests;

namespace OrleansSync.Sandbox.CallGear;

/// <summary>Writes JSON-RPC answers.</summary>
internal static class RpcAnswers
{
    public static VendorResponse Result(JsonElement id, Action<Utf8JsonWriter> write) => VendorResponse.Json(200, null, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("jsonrpc", "2.0");
        writer.WritePropertyName("id");
        id.WriteTo(writer);
        writer.WritePropertyName("result");
        write(writer);
        writer.WriteEndObject();
    });

    /// <summary>An error, which comes with HTTP 200 too.</summary>
    public static VendorResponse Error(JsonElement? id, RpcError error, Action<Utf8JsonWriter>? metadata = null, int status = 200) =>
        VendorResponse.Json(status, error.Mnemonic, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("jsonrpc", "2.0");
            writer.WritePropertyName("id");
            WriteOrNull(writer, id);
            writer.WriteStartObject("error");
            writer.WriteNumber("code", error.Code);
            writer.WriteString("message", error.Message);
            writer.WriteStartObject("data");
            writer.WriteString("mnemonic", error.Mnemonic);
            writer.WriteString("field", error.Field);
            writer.WritePropertyName("value");
            WriteOrNull(writer, error.Value);
            writer.WriteStartObject("params");
            writer.WriteEndObject();
            writer.WriteStartObject("metadata");
            metadata?.Invoke(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndObject();
        });

    private static void WriteOrNull(Utf8JsonWriter writer, JsonElement? value)
    {
        if (value is { } given)
        {
            given.WriteTo(writer);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
