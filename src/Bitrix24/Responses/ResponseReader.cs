using System.Text.Json;

namespace OrleansSync.Bitrix24.Responses;

/// <summary>
/// Turns a reply's bytes into a result. Never throws, whatever the bytes: what cannot be read is an
/// <see cref="VendorErrorKind.InvalidAnswer"/>.
/// </summary>
internal static class ResponseReader
{
    // PHP files saved with a byte order mark put it before their output.
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public static VendorResult<T, Bitrix24Timing> Read<T>(
        RawResponse reply,
        AnswerContext context,
        Redaction redaction,
        Func<JsonElement, ResponseScope, VendorResult<T, Bitrix24Timing>> read)
    {
        if (reply.Failure is not null)
        {
            return VendorResult.Failure<T, Bitrix24Timing>(reply.Failure);
        }

        try
        {
            var body = reply.Body.Span.StartsWith(ByteOrderMark) ? reply.Body[ByteOrderMark.Length..] : reply.Body;
            using var document = StrictJson.Parse(body);
            var scope = new ResponseScope(reply.Status, context, redaction, TimingParser.Read(document.RootElement.Member("time"u8)));
            return Classify(document.RootElement, scope, read);
        }
        catch (Exception exception) when (StrictJson.IsInvalid(exception))
        {
            var kind = VendorErrors.Classify(null, reply.Status, context);
            var error = kind == VendorErrorKind.InvalidAnswer
                ? new VendorError(kind, $"The answer of Bitrix24 (HTTP {reply.Status}) is not valid JSON.") { Cause = exception }
                : VendorErrors.Create(kind, null, null, reply.Status, null, redaction);
            return VendorResult.Failure<T, Bitrix24Timing>(error);
        }
    }

    private static VendorResult<T, Bitrix24Timing> Classify<T>(
        JsonElement root, ResponseScope scope, Func<JsonElement, ResponseScope, VendorResult<T, Bitrix24Timing>> read)
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
