using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.HttpResults;
using OrleansSync.Api.Problems;

namespace OrleansSync.Api.Bodies;

/// <summary>Reads a JSON body: bounded in size and depth, strict about its members, every fault found.</summary>
internal static class JsonBody
{
    /// <summary>The most bytes a body may have. The largest sensible account is a hundredth of it.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>The deepest nesting a body may have; an account needs three.</summary>
    private const int MaxDepth = 8;

    /// <summary>Reads the body.</summary>
    /// <typeparam name="T">Its contract; every member may be missing.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="contract">The contract's metadata.</param>
    /// <param name="errors">Where faults of single members go.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The well-formed members, or the answer when there is no telling members apart.</returns>
    public static async Task<JsonBody<T>> ReadAsync<T>(
        HttpRequest request, JsonTypeInfo<T> contract, BodyErrors errors, CancellationToken cancellationToken)
        where T : class
    {
        if (!IsJson(request))
        {
            return new(null, ApiProblem.UnsupportedMediaType("application/json"));
        }

        if (await BoundedBody.ReadAsync(request, MaxBytes, cancellationToken) is not { } bytes)
        {
            return new(null, ApiProblem.TooLarge(MaxBytes));
        }

        return TryParse(bytes, out var document, out var fault)
            ? Read(document, contract, errors)
            : new(null, ApiProblem.MalformedJson(fault));
    }

    private static JsonBody<T> Read<T>(JsonDocument document, JsonTypeInfo<T> contract, BodyErrors errors)
        where T : class
    {
        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return new(null, ApiProblem.MalformedJson("it must be an object."));
            }

            try
            {
                var copy = new ArrayBufferWriter<byte>();
                using (var writer = new Utf8JsonWriter(copy))
                {
                    BodyShape.CopyObject(document.RootElement, contract, path: "", errors, writer);
                }

                return new(JsonSerializer.Deserialize(copy.WrittenSpan, contract), null);
            }
            catch (InvalidOperationException)
            {
                return new(null, ApiProblem.MalformedJson("a member's name is not valid Unicode."));
            }
        }
    }

    private static bool TryParse(byte[] bytes, [NotNullWhen(true)] out JsonDocument? document, [NotNullWhen(false)] out string? fault)
    {
        (document, fault) = (null, null);
        if (!Utf8.IsValid(bytes))
        {
            fault = "it is not UTF-8.";
            return false;
        }

        try
        {
            document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return true;
        }
        catch (JsonException exception)
        {
            fault = bytes.Length == 0
                ? "it is empty."
                : $"the fault is in line {exception.LineNumber + 1}, at byte {exception.BytePositionInLine + 1} of that line "
                    + $"(or objects are nested more than {MaxDepth} deep there).";
            return false;
        }
    }

    private static bool IsJson(HttpRequest request) =>
        request.HasJsonContentType()
        && request.GetTypedHeaders().ContentType is { } type
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || type.Charset == "\"utf-8\"");
}

/// <summary>A body that was read, or why it could not be.</summary>
/// <typeparam name="T">The body's contract.</typeparam>
/// <param name="Value">The well-formed members; null when there is a refusal.</param>
/// <param name="Refusal">The answer, when the body cannot be read at all.</param>
internal readonly record struct JsonBody<T>(T? Value, ProblemHttpResult? Refusal)
    where T : class;
