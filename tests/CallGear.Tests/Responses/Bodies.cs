using System.Text;
using System.Text.Json;
using OrleansSync.CallGear.Employees;
using OrleansSync.CallGear.Responses;

namespace OrleansSync.CallGear.Tests.Responses;

/// <summary>Reads bodies without a server, as answers to a request with the id <c>r1</c>.</summary>
internal static class Bodies
{
    public static VendorResult<T, CallGearLimits> Read<T>(byte[] body, Func<JsonElement, T> read, int status = 200, bool isWrite = false) =>
        ResponseReader.Read(new RawResponse(status, body), "r1", isWrite, new Redaction("s3cret"), read);

    public static VendorResult<T, CallGearLimits> ReadEmployees<T>(
        byte[] body, Func<JsonElement, JsonLists<CallGearEmployee>, T> read, int status = 200)
    {
        var lists = EmployeeResponses.Lists();
        return ResponseReader.Read(
            new RawResponse(status, body), "r1", isWrite: false, new Redaction("s3cret"), result => read(result, lists), lists.TakeFrom);
    }

    public static VendorResult<T, CallGearLimits> Read<T>(string body, Func<JsonElement, T> read, int status = 200, bool isWrite = false) =>
        Read(Encoding.UTF8.GetBytes(body), read, status, isWrite);

    /// <summary>The value of a result that is wrapped as the vendor does it.</summary>
    public static VendorResult<T, CallGearLimits> Result<T>(string result, Func<JsonElement, T> read, bool isWrite = false) =>
        Read($$"""{"jsonrpc":"2.0","id":"r1","result":{{result}}}""", read, isWrite: isWrite);

    /// <summary>The value of a result that employees are read from.</summary>
    public static VendorResult<T, CallGearLimits> Employees<T>(string result, Func<JsonElement, JsonLists<CallGearEmployee>, T> read) =>
        ReadEmployees(Encoding.UTF8.GetBytes($$"""{"jsonrpc":"2.0","id":"r1","result":{{result}}}"""), read);

    /// <summary>The error of a body that no call can succeed with.</summary>
    public static VendorError Error(string body, int status = 200, bool isWrite = false) =>
        Read(body, static _ => 0, status, isWrite).Error!;

    /// <summary>The error of a JSON-RPC error with these members.</summary>
    public static VendorError Rpc(string error, int status = 200, bool isWrite = false) =>
        Error($$"""{"jsonrpc":"2.0","id":"r1","error":{{error}}}""", status, isWrite);
}
