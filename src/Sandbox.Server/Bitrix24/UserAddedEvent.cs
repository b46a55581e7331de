using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace OrleansSync.Sandbox.Bitrix24;

/// <summary>The event <c>ONUSERADD</c>.</summary>
internal static class UserAddedEvent
{
    private static readonly HttpClient _client =
        new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(30) };

    public static async Task<HttpStatusCode> SendAsync(
        BitrixPortal portal, int userId, Uri handler, string? applicationToken, TimeProvider time, CancellationToken cancellationToken)
    {
        var user = portal.FindUser(userId) ?? throw new KeyNotFoundException($"Portal {portal.Id} has no user {userId}.");
        var form = Body(portal, user, applicationToken ?? portal.ApplicationToken, time);
        using var body = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded");
        using var response = await _client.PostAsync(handler, body, cancellationToken);
        return response.StatusCode;
    }

    /// <summary>The event's body: PHP-style keys, booleans as Y and N.</summary>
    public static string Body(BitrixPortal portal, BitrixUser user, string applicationToken, TimeProvider time) => PhpQuery.Format(
    [
        ("event", "ONUSERADD"),
        .. user.Fields.SelectMany(f => Data(f.Key, f.Value)),
        ("ts", time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
        ("auth[domain]", portal.ClientEndpoint.Authority),
        ("auth[client_endpoint]", portal.ClientEndpoint.AbsoluteUri),
        ("auth[member_id]", portal.MemberId),
        ("auth[application_token]", applicationToken),
    ]);

    private static IEnumerable<(string Name, string Value)> Data(string field, System.Text.Json.Nodes.JsonNode? value) =>
        value?.GetValueKind() switch
        {
            JsonValueKind.True => [($"data[{field}]", "Y")],
            JsonValueKind.False => [($"data[{field}]", "N")],
            JsonValueKind.Array => value.AsArray().Select((member, index) =>
                ($"data[{field}][{index.ToString(CultureInfo.InvariantCulture)}]", RestParameters.Text(member) ?? "")),
            JsonValueKind.Object => [],
            _ => [($"data[{field}]", RestParameters.Text(value) ?? "")],
        };
}
