using System.Buffers;
using System.Text;
using System.Text.Json;

namespace OrleansSync.Sandbox.Requests;

/// <summary>What a vendor answers to one request.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">Bytes of the body.</param>
/// <param name="ContentType">Media type of the body.</param>
/// <param name="Error">Error code or mnemonic in the body, or null.</param>
/// <param name="Location">Where a redirect leads; null for others.</param>
internal sealed record VendorResponse(
    int Status, ReadOnlyMemory<byte> Body, string ContentType, string? Error, string? Location = null)
{
    /// <summary>How long it takes to come.</summary>
    public ResponseTiming Timing { get; init; }

    public const string JsonType = "application/json; charset=utf-8";
    public const string HtmlType = "text/html; charset=utf-8";

    public static VendorResponse Json(int status, string? error, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        return new VendorResponse(status, buffer.WrittenMemory, JsonType, error);
    }

    public static VendorResponse Redirect(int status, string location) => new(status, default, HtmlType, null, location);

    public static VendorResponse Html(int status, string title) => new(
        status,
        Encoding.UTF8.GetBytes(
            $"<!DOCTYPE html>\n<html><head><title>{title}</title></head><body><center><h1>{title}</h1></center></body></html>\n"),
        HtmlType,
        null);
}
