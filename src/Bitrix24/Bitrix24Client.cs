using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using OrleansSync.Bitrix24.Responses;
using OrleansSync.Bitrix24.Credentials;
using OrleansSync.Bitrix24.Users;

namespace OrleansSync.Bitrix24;

/// <summary>
/// Calls the REST methods of Bitrix24 portals. Holds no state: a method is one HTTP request, without retries or pacing, which are the
/// caller's. Whatever a portal answers becomes a result; a method throws only when the caller cancels or passes arguments that make no
/// sense. Source: the vendor's documentation of REST, <c>user.get</c> and <c>batch</c>.
/// </summary>
/// <param name="http">
/// Must not follow redirects, and its timeout must be longer than 65 seconds, which is how long an answer is waited for.
/// </param>
/// <param name="timeProvider">Measures the timeout.</param>
public sealed class Bitrix24Client(HttpClient http, TimeProvider timeProvider)
{
    /// <summary>Most pages, of 50 users each, that fit one request: the vendor's limit of commands in a batch.</summary>
    public const int MaxPages = 50;

    private static readonly MediaTypeHeaderValue _jsonType = new("application/json", "utf-8");

    private readonly HttpExchange _exchange = new(http, Vendor, timeProvider);

    // The vendor lets a request run for 60 seconds and the rest is for the network, so that a slow answer is not given up just before it
    // comes.
    internal static Vendor Vendor { get; } = new(
        "Bitrix24", "Check the portal's address.", "The connection to Bitrix24 failed.", TimeSpan.FromSeconds(65));

    /// <summary>Reads pages of users, 50 a page, by rising id. Put the batches into a <see cref="Bitrix24UserList"/>.</summary>
    /// <param name="credentials">What to call with.</param>
    /// <param name="position">Where to begin.</param>
    /// <param name="pages">Pages to read with this one request, 1 to <see cref="MaxPages"/>.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number of pages that no batch can have.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<VendorResult<Bitrix24UserBatch, Bitrix24Timing>> ReadUsersAsync(
        Bitrix24Credentials credentials, UserPosition position, int pages = MaxPages, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pages, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pages, MaxPages);
        var lists = UserBatch.Lists();
        return CallAsync(
            credentials,
            "batch",
            body =>
            {
                body.WriteNumber("halt"u8, 0);
                body.WriteStartObject("cmd"u8);
                foreach (var (name, command) in UserBatch.Commands(position, pages))
                {
                    body.WriteString(name, command);
                }

                body.WriteEndObject();
            },
            (root, scope) => UserBatch.Read(root, scope, pages, lists),
            cancellationToken,
            lists.TakeFrom);
    }

    /// <summary>Reads one user; the value is null when the portal has none with this id.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The id is not positive.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<VendorResult<Bitrix24User?, Bitrix24Timing>> GetUserAsync(
        Bitrix24Credentials credentials, long userId, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(userId);
        return CallAsync(
            credentials,
            "user.get",
            body =>
            {
                body.WriteStartObject("FILTER"u8);
                body.WriteNumber("ID"u8, userId);
                body.WriteEndObject();
                WriteSelect(body, UserParser.Fields);
                body.WriteNumber("start"u8, -1);
            },
            (root, scope) => UserResponses.ReadOne(root, scope, userId),
            cancellationToken);
    }

    /// <summary>
    /// Counts the users that the key may see, and tells whether their e-mail field is visible; for checking a connection.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<VendorResult<Bitrix24UserCount, Bitrix24Timing>> CountUsersAsync(
        Bitrix24Credentials credentials, CancellationToken cancellationToken = default) =>
        CallAsync(
            credentials,
            "user.get",
            static body =>
            {
                WriteSelect(body, "ID", "EMAIL");
                body.WriteNumber("start"u8, 0);
            },
            UserResponses.ReadCount,
            cancellationToken);

    private async Task<VendorResult<T, Bitrix24Timing>> CallAsync<T>(
        Bitrix24Credentials credentials,
        string method,
        Action<Utf8JsonWriter> writeParameters,
        Func<JsonElement, ResponseScope, VendorResult<T, Bitrix24Timing>> read,
        CancellationToken cancellationToken,
        Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? takeLists = null)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        using var request = new HttpRequestMessage(HttpMethod.Post, credentials.MethodUrl(method));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Content = Body(credentials, writeParameters);
        using var reply = await _exchange.SendAsync(request, isWrite: false, cancellationToken);
        var context = credentials.IsOnPremise ? AnswerContext.OnPremiseCall : AnswerContext.Call;
        return ResponseReader.Read(reply, context, new Redaction(credentials.Secret), read, takeLists);
    }

    private static ReadOnlyMemoryContent Body(Bitrix24Credentials credentials, Action<Utf8JsonWriter> writeParameters)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var body = new Utf8JsonWriter(buffer))
        {
            body.WriteStartObject();
            credentials.WriteAuthorization(body);
            writeParameters(body);
            body.WriteEndObject();
        }

        return new ReadOnlyMemoryContent(buffer.WrittenMemory) { Headers = { ContentType = _jsonType } };
    }

    private static void WriteSelect(Utf8JsonWriter body, params ReadOnlySpan<string> fields)
    {
        body.WriteStartArray("select"u8);
        foreach (var field in fields)
        {
            body.WriteStringValue(field);
        }

        body.WriteEndArray();
    }
}
