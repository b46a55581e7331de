using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;

namespace OrleansSync.CallGear.Transport;

/// <summary>Writes JSON-RPC 2.0 requests.</summary>
internal static class RpcRequest
{
    public static HttpRequestMessage Create(
        CallGearCredentials credentials, string id, string method, Action<Utf8JsonWriter> writeParameters)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var body = new Utf8JsonWriter(buffer))
        {
            body.WriteStartObject();
            body.WriteString("jsonrpc"u8, "2.0"u8);
            body.WriteString("id"u8, id);
            body.WriteString("method"u8, method);
            body.WriteStartObject("params"u8);
            body.WriteString("access_token"u8, credentials.AccessToken);
            if (credentials.UserId is { } userId)
            {
                body.WriteNumber("user_id"u8, userId);
            }

            writeParameters(body);
            body.WriteEndObject();
            body.WriteEndObject();
        }

        return new HttpRequestMessage(HttpMethod.Post, credentials.BaseUrl)
        {
            Content = new ReadOnlyMemoryContent(buffer.WrittenMemory)
            {
                // In the vendor's own spelling.
                Headers = { ContentType = new MediaTypeHeaderValue("application/json", "UTF-8") },
            },
        };
    }

    public static void WriteFields(this Utf8JsonWriter parameters, string[] fields)
    {
        parameters.WriteStartArray("fields"u8);
        foreach (var field in fields)
        {
            parameters.WriteStringValue(field);
        }

        parameters.WriteEndArray();
    }

    public static void WriteFilterById(this Utf8JsonWriter parameters, long id)
    {
        parameters.WriteStartObject("filter"u8);
        parameters.WriteString("field"u8, "id"u8);
        parameters.WriteString("operator"u8, "="u8);
        parameters.WriteNumber("value"u8, id);
        parameters.WriteEndObject();
    }

    public static void WriteOptional(this Utf8JsonWriter parameters, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            parameters.WriteString(name, value);
        }
    }

    public static void WriteOptional(this Utf8JsonWriter parameters, string name, long? value)
    {
        if (value is { } number)
        {
            parameters.WriteNumber(name, number);
        }
    }
}
