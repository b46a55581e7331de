using System.Text;
using System.Text.Json;
using OrleansSync.Bitrix24.Responses;

namespace OrleansSync.Bitrix24.Tests.Responses;

/// <summary>Reads bodies without a server.</summary>
internal static class Bodies
{
    public static VendorResult<T, Bitrix24Timing> Read<T>(
        string body,
        Func<JsonElement, ResponseScope, VendorResult<T, Bitrix24Timing>> read,
        int status = 200,
        AnswerContext context = AnswerContext.Call) => Read(Encoding.UTF8.GetBytes(body), read, status, context);

    public static VendorResult<T, Bitrix24Timing> Read<T>(
        byte[] body,
        Func<JsonElement, ResponseScope, VendorResult<T, Bitrix24Timing>> read,
        int status = 200,
        AnswerContext context = AnswerContext.Call) =>
        ResponseReader.Read(new RawResponse(status, body, null), context, new Redaction("s3cret"), read);

    /// <summary>The error of a body that no call can succeed with.</summary>
    public static VendorError Error(string body, int status, AnswerContext context = AnswerContext.Call) =>
        Read<int>(body, static (_, scope) => scope.Invalid<int>("it was read as a success"), status, context).Error!;
}
