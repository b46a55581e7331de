using System.Text;
using System.Text.Json;
using OrleansSync.Bitrix24.Responses;
using OrleansSync.Bitrix24.Users;

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
        ResponseReader.Read(new RawResponse(status, body), context, new Redaction("s3cret"), read);

    /// <summary>The answer to a batch of pages of users.</summary>
    public static VendorResult<Bitrix24UserBatch, Bitrix24Timing> ReadBatch(string body, int pages, int status = 200) =>
        ReadBatch(Encoding.UTF8.GetBytes(body), pages, status);

    /// <summary>The answer to a batch of pages of users.</summary>
    public static VendorResult<Bitrix24UserBatch, Bitrix24Timing> ReadBatch(byte[] body, int pages, int status = 200)
    {
        var lists = UserBatch.Lists();
        return ResponseReader.Read(
            new RawResponse(status, body),
            AnswerContext.Call,
            new Redaction("s3cret"),
            (root, scope) => UserBatch.Read(root, scope, pages, lists),
            lists.TakeFrom);
    }

    /// <summary>The error of a body that no call can succeed with.</summary>
    public static VendorError Error(string body, int status, AnswerContext context = AnswerContext.Call) =>
        Read<int>(body, static (_, scope) => scope.Invalid<int>("it was read as a success"), status, context).Error!;
}
