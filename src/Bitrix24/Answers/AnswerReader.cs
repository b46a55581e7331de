using System.Text.Json;
using System.Text.Unicode;

namespace OrleansSync.Bitrix24;

/// <summary>
/// Turns a reply's bytes into a result. Never throws, whatever the bytes: what cannot be read is an
/// <see cref="Bitrix24ErrorKind.InvalidAnswer"/>.
/// </summary>
internal static class AnswerReader
{
    // PHP files saved with a byte order mark put it before their output.
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private static readonly JsonDocumentOptions _strict = new() { AllowDuplicateProperties = false };

    public static Bitrix24Result<T> Read<T>(
        HttpReply reply, AnswerContext context, Redaction redaction, Func<JsonElement, AnswerScope, Bitrix24Result<T>> read)
    {
        if (reply.Failure is not null)
        {
            return Bitrix24Result.Failure<T>(reply.Failure);
        }

        try
        {
            using var document = Parse(reply.Body);
            var scope = new AnswerScope(reply.Status, context, redaction, TimingParser.Read(document.RootElement.Member("time"u8)));
            return Classify(document.RootElement, scope, read);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // InvalidOperationException is how the reader reports escapes that are no text, such as half a surrogate pair.
            var kind = VendorErrors.Classify(null, reply.Status, context);
            var error = kind == Bitrix24ErrorKind.InvalidAnswer
                ? new Bitrix24Error(kind, null, $"The answer of Bitrix24 (HTTP {reply.Status}) is not valid JSON.", Cause: exception)
                : VendorErrors.Create(kind, null, null, reply.Status, null, redaction);
            return Bitrix24Result.Failure<T>(error);
        }
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        if (body.Span.StartsWith(ByteOrderMark))
        {
            body = body[ByteOrderMark.Length..];
        }

        // The document would find bad bytes only when a text is read, which is too late to refuse the whole answer.
        return Utf8.IsValid(body.Span) ? JsonDocument.Parse(body, _strict) : throw new JsonException("Not UTF-8.");
    }

    private static Bitrix24Result<T> Classify<T>(
        JsonElement root, AnswerScope scope, Func<JsonElement, AnswerScope, Bitrix24Result<T>> read)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return scope.Status is >= 200 and < 300
                ? scope.Invalid<T>("it is not a JSON object")
                : scope.Fail<T>(null, null);
        }

        var code = root.Member("error"u8).Text();
        var isError = !string.IsNullOrEmpty(code) || (code is not null && root.Member("result"u8) is null);
        if (isError || scope.Status is < 200 or >= 300)
        {
            return scope.Fail<T>(code, root.Member("error_description"u8).Text());
        }

        return read(root, scope);
    }
}
