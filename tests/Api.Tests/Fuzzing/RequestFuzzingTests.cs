using System.Net.Http.Headers;
using System.Text;
using CsCheck;
using OrleansSync.Api.Tests.Hosting;

namespace OrleansSync.Api.Tests.Fuzzing;

/// <summary>Whatever bytes a hostile caller sends, the answer says what is wrong with them, and nothing breaks inside.</summary>
public sealed class RequestFuzzingTests : IAsyncLifetime
{
    private const long Cases = 1500;
    private const string Json = "application/json";
    private const string Form = "application/x-www-form-urlencoded";

    private static readonly int[] _bodyStatuses = [200, 201, 400, 413, 415];
    private static readonly byte[] _goodBody = Encoding.UTF8.GetBytes(Samples.Body);
    private static readonly byte[] _goodEvent =
        Encoding.UTF8.GetBytes("event=ONUSERADD&data[ID]=7&ts=1466439714&auth[domain]=acme.bitrix24.com&auth[application_token]=token");

    private static readonly Gen<byte[]> _bodies = Gen.Frequency(
        (6, Damaged(_goodBody)),
        (2, Documents().Select(Encoding.UTF8.GetBytes)),
        (1, Gen.Byte.Array[0, 300]),
        (1, Gen.Int[1, 70_000].Select(depth => Encoding.ASCII.GetBytes(new string('[', depth)))));

    private static readonly Gen<byte[]> _events = Gen.Frequency(
        (6, Damaged(_goodEvent)),
        (2, Gen.Byte.Array[0, 300]),
        (1, Gen.Int[1, 20_000].Select(count => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("a&", count))))),
        (1, Gen.Int[1, 20_000].Select(depth => Encoding.ASCII.GetBytes("auth" + string.Concat(Enumerable.Repeat("[a]", depth)) + "=1"))));

    private static readonly Gen<string> _segments = Gen.String[Gen.Char["aA0._-~%/\\?#+&=:; *'\"<>\u00e9\u4e2d\u202e"], 0, 90];

    private TestApi _api = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await TestApi.StartAsync();
        _api.Grains.Connect("acme").ApplicationToken = "token";
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData("PUT", "/api/v1/accounts/acme")]
    [InlineData("POST", "/api/v1/verify")]
    public Task Body_AnyBytes_AreTakenOrRefusedWithAProblem(string method, string address) => _bodies.SampleAsync(
        async body => Assert.Contains(await StatusAsync(method, address, body, Json, TestApi.AdminKey), _bodyStatuses),
        iter: Cases, threads: 1);

    [Fact]
    public Task Event_AnyBytes_AreTakenOrRefusedAlike() => _events.SampleAsync(
        async body => Assert.Contains(await StatusAsync("POST", "/webhooks/bitrix24/acme", body, Form, key: null), (int[])[202, 401, 413]),
        iter: Cases, threads: 1);

    [Fact]
    public Task Address_AnyText_IsNoFailure() => Gen.Select(_segments, _segments).SampleAsync(
        async parts =>
        {
            var address = $"/api/v1/accounts/{Uri.EscapeDataString(parts.Item1)}/runs/{Uri.EscapeDataString(parts.Item2)}?cursor="
                + $"{Uri.EscapeDataString(parts.Item2)}&limit={Uri.EscapeDataString(parts.Item1)}";
            Assert.InRange(await StatusAsync("GET", address, body: null, Json, TestApi.AdminKey), 200, 499);
        },
        iter: Cases,
        threads: 1);

    [Fact]
    public Task Key_AnyText_IsRefused() =>
        Gen.OneOf(Gen.String[Gen.Char[' ', '~'], 0, 400], _segments.Select(text => $"osk_{text}")).SampleAsync(
            async key =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/accounts");
                request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + new string([.. key.Where(char.IsAscii)]));
                using var response = await _api.Client.SendAsync(request, TestContext.Current.CancellationToken);
                Assert.Equal(401, (int)response.StatusCode);
            },
            iter: Cases,
            threads: 1);

    private async Task<int> StatusAsync(string method, string address, byte[]? body, string type, string? key)
    {
        using var content = body is null ? null : new ByteArrayContent(body);
        if (content is not null)
        {
            content.Headers.ContentType = new MediaTypeHeaderValue(type);
        }

        var answer = await _api.SendAsync(new HttpMethod(method), address, key, content);
        if (answer.Status >= 400)
        {
            answer.AssertProblem(answer.Status);
        }

        return answer.Status;
    }

    /// <summary>Good bytes with one to four places changed, cut out, doubled or filled.</summary>
    private static Gen<byte[]> Damaged(byte[] good) =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, good.Length - 1], Gen.Int[1, 40], Gen.Byte).Array[1, 4]
            .Select(changes => changes.Aggregate(good, (bytes, change) =>
            {
                var at = Math.Min(change.Item2, bytes.Length);
                var end = Math.Min(bytes.Length, at + change.Item3);
                return change.Item1 switch
                {
                    0 => [.. bytes[..at], change.Item4, .. bytes[Math.Min(bytes.Length, at + 1)..]],
                    1 => [.. bytes[..at], .. bytes[end..]],
                    2 => [.. bytes[..end], .. bytes[at..]],
                    _ => [.. bytes[..at], change.Item4, .. bytes[at..]],
                };
            }));

    /// <summary>JSON of the members that an account has, with values of every type where any of them could be.</summary>
    private static Gen<string> Documents()
    {
        string[] names = ["displayName", "bitrix24", "edition", "webhookUrl", "oauth", "accessToken", "callGear",
            "baseUrl", "userId", "settings", "paused", "__proto__", "$type"];
        var leaf = Gen.OneOf("null", "true", "0", "-1", "1e999", "99999999999999999999", "\"\"", "\"cloud\"", "\"\\ud800\"",
            "\"\\u0000\"", "\"https://[::1]/rest/1/a/\"", "[]", "{}");
        return Gen.Recursive<string>((depth, inner) => depth > 5 ? leaf : Gen.Frequency(
            (2, leaf),
            (4, Gen.Select(Gen.OneOf(names), inner).Array[0, 6].Select(members =>
                "{" + string.Join(',', members.Select(member => $"\"{member.Item1}\":{member.Item2}")) + "}")),
            (1, inner.Array[0, 4].Select(items => "[" + string.Join(',', items) + "]"))));
    }
}
