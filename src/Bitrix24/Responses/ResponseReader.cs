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
        Func<JsonElement, ResponseScope, VendorResult<T, Bitrix24Timing>> read,
        Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? takeLists = null)
    {
        if (reply.Failure is not null)
        {
            return VendorResult.Failure<T, Bitrix24Timing>(Unread(reply.Failure, context, redaction));
        }

        try
        {
            var body = reply.Body.Span.StartsWith(ByteOrderMark) ? reply.Body[ByteOrderMark.Length..] : reply.Body;
            using var document = StrictJson.Parse(takeLists?.Invoke(body) ?? body);
            var scope = new ResponseScope(reply.Status, context, redaction, TimingParser.Read(document.RootElement.Member("time"u8)));
            return Classify(document.RootElement, scope, read);
        }
        catch (Exception exception) when (StrictJson.IsInvalid(exception))
        {
            return VendorResult.Failure<T, Bitrix24Timing>(NotJson(reply.Status, context, redaction, exception));
        }
    }

    // The token server refuses by a code. A page in its place, whatever its status, is of something before it, and passes.
    private static VendorError NotJson(int status, AnswerContext context, Redaction redaction, Exception cause)
    {
        var isOfSomethingElse = VendorErrors.Classify(null, status, context) switch
        {
            VendorErrorKind.InvalidAnswer => true,
            VendorErrorKind.Unauthorized or VendorErrorKind.Blocked => context == AnswerContext.Renewal,
            _ => false,
        };
        return isOfSomethingElse
            ? new VendorError(VendorErrorKind.InvalidAnswer, $"The answer of Bitrix24 (HTTP {status}) is not valid JSON.") { Cause = cause }
            : VendorErrors.Create(default, status, context, null, redaction);
    }

    // A portal that was renamed answers so at its old address. The token server has no address of an account's.
    private static VendorError Unread(VendorError failure, AnswerContext context, Redaction redaction) =>
        failure.Redirect is { } redirect && context != AnswerContext.Renewal ? VendorErrors.Moved(redirect, redaction) : failure;

    private static VendorResult<T, Bitrix24Timing> Classify<T>(
        JsonElement root, ResponseScope scope, Func<JsonElement, ResponseScope, VendorResult<T, Bitrix24Timing>> read)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return scope.Status is >= 200 and < 300
                ? scope.Invalid<T>("it is not a JSON object")
                : scope.Fail<T>(default);
        }

        var error = ErrorBody.Find(root);
        return error is not null || scope.Status is < 200 or >= 300
            ? scope.Fail<T>(error ?? new ErrorBody(null, root.Member("error_description"u8).Text()))
            : read(root, scope);
    }
}
