using System.Text.Json;
using System.Text.Unicode;

namespace OrleansSync.Vendors.Http;

/// <summary>Reads a body as JSON, and refuses the whole of it rather than a part.</summary>
public static class StrictJson
{
    private static readonly JsonDocumentOptions _strict = new() { AllowDuplicateProperties = false };

    /// <summary>The document of a body.</summary>
    /// <exception cref="JsonException">It is no JSON, not UTF-8, or names a member twice.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> body) =>
        // The document would find bad bytes only when a text is read, which is too late to refuse the whole answer.
        Utf8.IsValid(body.Span) ? JsonDocument.Parse(body, _strict) : throw new JsonException("Not UTF-8.");

    /// <summary>Whether an exception of the reader's says that the body is not valid.</summary>
    // InvalidOperationException is how the reader reports escapes that are no text, such as half a surrogate pair.
    public static bool IsInvalid(Exception exception) => exception is JsonException or InvalidOperationException or FormatException;
}
