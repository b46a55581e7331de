using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Net.Http.Headers;
using OrleansSync.Sandbox.Requests;

namespace OrleansSync.Sandbox.Bitrix24;

/// <summary>The parameters of a REST call: query string and body, which is JSON or a form.</summary>
internal static class RestBody
{
    /// <summary>Reads the parameters; those in the body win.</summary>
    /// <exception cref="RestException">The body is of another type, or not what its type says.</exception>
    public static async Task<JsonObject> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var parameters = PhpQuery.Parse(request.QueryString.Value is { Length: > 1 } query ? query[1..] : "");
        var body = await RequestBody.ReadAsync(request, cancellationToken);
        if (body.IsEmpty)
        {
            return parameters;
        }

        foreach (var (name, value) in Parse(request.ContentType, body))
        {
            parameters[name] = value?.DeepClone();
        }

        return parameters;
    }

    private static JsonObject Parse(string? contentType, ReadOnlyMemory<byte> body)
    {
        var mediaType = MediaTypeHeaderValue.TryParse(contentType, out var parsed) ? parsed.MediaType.Value : null;
        switch (mediaType?.ToLowerInvariant())
        {
            case "application/x-www-form-urlencoded":
                return PhpQuery.Parse(Encoding.UTF8.GetString(body.Span));
            case "application/json":
                return ParseJson(body);
            default:
                throw new RestException(new RestError(
                    "INVALID_REQUEST", 400, "Content-Type must be application/json or application/x-www-form-urlencoded"));
        }
    }

    private static JsonObject ParseJson(ReadOnlyMemory<byte> body)
    {
        try
        {
            // PHP writes an empty map as [], and takes it back as one.
            return JsonNode.Parse(body.Span) switch
            {
                JsonObject map => map,
                JsonArray { Count: 0 } => [],
                _ => throw new JsonException(),
            };
        }
        catch (JsonException)
        {
            throw new RestException(new RestError("INVALID_REQUEST", 400, "The body is not a JSON object"));
        }
    }
}
