using System.Text.Json;
using System.Text.Unicode;

namespace OrleansSync.CallGear;

/// <summary>
/// Turns a reply's bytes into a result. Never throws, whatever the bytes: what cannot be read is a
/// <see cref="CallGearErrorKind.InvalidAnswer"/>.
/// </summary>
internal static class AnswerReader
{
    private static readonly JsonDocumentOptions _strict = new() { AllowDuplicateProperties = false };

    public static CallGearResult<T> Read<T>(
        HttpReply reply, string requestId, bool isWrite, Redaction redaction, Func<JsonElement, T> read)
    {
        if (reply.Failure is not null)
        {
            return CallGearResult.Failure<T>(reply.Failure);
        }

        CallGearLimits? limits = null;
        try
        {
            // The document would find bad bytes only when a text is read, which is too late to refuse the whole answer.
            using var document = Utf8.IsValid(reply.Body.Span)
                ? JsonDocument.Parse(reply.Body, _strict)
                : throw new JsonException("Not UTF-8.");
            var root = document.RootElement;
            if (root.Member("error"u8) is { ValueKind: JsonValueKind.Object } error && IsOurs(root, requestId, orNone: true))
            {
                limits = LimitsParser.Read(error.Member("data"u8)?.Member("metadata"u8));
                return CallGearResult.Failure<T>(VendorErrors.Read(error, limits, isWrite, redaction), limits);
            }

            if (reply.Status is < 200 or >= 300)
            {
                return CallGearResult.Failure<T>(VendorErrors.FromStatus(reply.Status, isWrite, cause: null));
            }

            if (!IsOurs(root, requestId, orNone: false))
            {
                throw new ShapeException("it is not the answer to this request");
            }

            if (root.Member("result"u8) is not { ValueKind: JsonValueKind.Object } result)
            {
                throw new ShapeException("it has neither a result nor an error");
            }

            limits = LimitsParser.Read(result.Member("metadata"u8));
            return CallGearResult.Success(read(result), limits);
        }
        catch (ShapeException exception)
        {
            return CallGearResult.Failure<T>(Invalid(exception.Message, isWrite, exception), limits);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // InvalidOperationException is how the reader reports escapes that are no text, such as half a surrogate pair.
            return CallGearResult.Failure<T>(
                reply.Status is >= 200 and < 300
                    ? Invalid("it is not valid JSON", isWrite, exception)
                    : VendorErrors.FromStatus(reply.Status, isWrite, exception));
        }
    }

    /// <summary>
    /// Whether the answer has the request's id. An error may come without one: JSON-RPC answers so when it could not read the request.
    /// </summary>
    private static bool IsOurs(JsonElement root, string requestId, bool orNone) => root.Member("id"u8) switch
    {
        null => orNone,
        { ValueKind: JsonValueKind.String } id => id.ValueEquals(requestId),
        _ => false,
    };

    private static CallGearError Invalid(string why, bool isWrite, Exception cause) =>
        new(CallGearErrorKind.InvalidAnswer, $"The answer of CallGear cannot be used: {why}.")
        {
            Cause = cause,
            IsOutcomeUnknown = isWrite,
        };
}
