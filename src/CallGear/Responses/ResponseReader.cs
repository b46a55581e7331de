using System.Text.Json;

namespace OrleansSync.CallGear.Responses;

/// <summary>
/// Turns a reply's bytes into a result. Never throws, whatever the bytes: what cannot be read is a
/// <see cref="VendorErrorKind.InvalidAnswer"/>.
/// </summary>
internal static class ResponseReader
{
    public static VendorResult<T, CallGearLimits> Read<T>(
        RawResponse reply,
        string requestId,
        bool isWrite,
        Redaction redaction,
        Func<JsonElement, T> read,
        Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? takeLists = null)
    {
        if (reply.Failure is not null)
        {
            return VendorResult.Failure<T, CallGearLimits>(reply.Failure);
        }

        var isSuccess = reply.Status is >= 200 and < 300;
        CallGearLimits? limits = null;
        try
        {
            using var document = StrictJson.Parse(isSuccess && takeLists is not null ? takeLists(reply.Body) : reply.Body);
            var root = document.RootElement;
            if (root.Member("error"u8) is { ValueKind: JsonValueKind.Object } error && IsOurs(root, requestId, orNone: true))
            {
                limits = LimitsParser.Read(error.Member("data"u8)?.Member("metadata"u8));
                return VendorResult.Failure<T, CallGearLimits>(VendorErrors.Read(error, limits, isWrite, redaction), limits);
            }

            if (!isSuccess)
            {
                return VendorResult.Failure<T, CallGearLimits>(VendorErrors.FromStatus(reply.Status, isWrite, cause: null));
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
            return VendorResult.Success(read(result), limits);
        }
        catch (ShapeException exception)
        {
            return VendorResult.Failure<T, CallGearLimits>(Invalid(exception.Message, isWrite, exception), limits);
        }
        catch (Exception exception) when (StrictJson.IsInvalid(exception))
        {
            return VendorResult.Failure<T, CallGearLimits>(
                isSuccess
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

    private static VendorError Invalid(string why, bool isWrite, Exception cause) =>
        new(VendorErrorKind.InvalidAnswer, $"The answer of CallGear cannot be used: {why}.")
        {
            Cause = cause,
            IsOutcomeUnknown = isWrite,
        };
}
