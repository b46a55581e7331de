using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using OrleansSync.Sandbox.CallGear;
using OrleansSync.Sandbox.Faults;
using OrleansSync.Sandbox.Requests;
using OrleansSync.Sandbox.Seeding;
using OrleansSync.Sandbox.Tests.Bitrix24;

namespace OrleansSync.Sandbox.Tests.Faults;

public sealed class FaultKindTests : IAsyncLifetime
{
    private const string Create = """{"last_name":"Brown","email":"bob@example.com"}""";
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private SandboxServer _sandbox = null!;
    private CallGearAccount _account = null!;
    private CallGearClient _callGear = null!;
    private BitrixClient _bitrix = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync(new SandboxOptions { Time = _time }, Token);
        _account = _sandbox.PutAccount("a", employees: Enumerable.Range(0, 10).Select(_ => new Employee { LastName = "Lee" }));
        _callGear = new CallGearClient(_account);
        _bitrix = new BitrixClient(_sandbox.PutPortal("p", users: SeedGenerator.Create(new SeedOptions { Users = 60 }).Users));
    }

    public async ValueTask DisposeAsync()
    {
        _callGear.Dispose();
        _bitrix.Dispose();
        await _sandbox.DisposeAsync();
    }

    [Theory]
    [InlineData("internal_error", null, 200, -32603)]
    [InlineData("internal_error", 500, 500, -32603)]
    [InlineData("already_in_use", null, 200, -32602)]
    public async Task Error_ForCallGear_ComesInTheVendorsForm(string mnemonic, int? status, int expectedStatus, int code)
    {
        _sandbox.Faults.Add(new Fault { Kind = FaultKind.Error, Code = mnemonic, Status = status, Field = "email", Message = "No." });

        var error = (await _callGear.CallAsync("create.employees", Create)).GetProperty("error");

        Assert.Equal((code, "No."), (error.GetProperty("code").GetInt32(), error.GetProperty("message").GetString()));
        Assert.Equal(
            (mnemonic, "email"),
            (error.GetProperty("data").GetProperty("mnemonic").GetString(), error.GetProperty("data").GetProperty("field").GetString()));
        Assert.Equal((expectedStatus, false), (Logged().Status, Logged().Executed));
        Assert.Equal(10, _account.Employees.Count);
    }

    [Fact]
    public async Task Error_ForOneEmployee_StrikesOnlyItsRequest()
    {
        _sandbox.Faults.Add(new Fault { Kind = FaultKind.Error, Code = "error", ParameterContains = "Жанна" });

        Assert.Equal((null, null), await _callGear.RefusalAsync("create.employees", Create));
        Assert.Equal("error", (await _callGear.RefusalAsync("create.employees", """{"last_name":"Lee","first_name":"Жанна"}""")).Mnemonic);
    }

    [Fact]
    public async Task Error_ForACommand_FailsTheCommandAndNotTheBatch()
    {
        _sandbox.Faults.Add(new Fault { Kind = FaultKind.Error, Code = "INTERNAL_SERVER_ERROR", Method = "user.get", Skip = 1, Times = 1 });

        var (status, body) = await _bitrix.CallAsync("batch", BatchTests.ChainOfPages(3));

        Assert.Equal(200, (int)status);
        Assert.Equal(
            "INTERNAL_SERVER_ERROR",
            body.GetProperty("result").GetProperty("result_error").GetProperty("p1").GetProperty("error").GetString());
        Assert.Equal(2, body.GetProperty("result").GetProperty("result").EnumerateObject().Count());
    }

    [Fact]
    public async Task RateLimit_EachVendor_RefusesAndIsCounted()
    {
        _sandbox.Faults.Add(new Fault { Kind = FaultKind.RateLimit });

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _bitrix.CallAsync("user.get", "{}")).Status);
        Assert.Equal("limit_exceeded", (await _callGear.RefusalAsync("get.employees", "{}")).Mnemonic);
        Assert.Equal(2, _sandbox.Requests.RateRefusals());
    }

    [Theory]
    [InlineData(null, 502)]
    [InlineData(200, 200)]
    public async Task Html_Page_ComesWithItsStatus(int? status, int expected)
    {
        _sandbox.Faults.Add(new Fault { Kind = FaultKind.Html, Status = status });

        using var response = await RawAsync();

        Assert.Equal((expected, "text/html"), ((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType));
    }

    [Theory]
    [InlineData(false, 10)]
    [InlineData(true, 11)]
    public async Task Drop_ByExecuted_HappensBeforeOrAfterTheChange(bool executed, int employees)
    {
        _sandbox.Faults.Add(new Fault { Kind = FaultKind.Drop, Executed = executed });

        await Assert.ThrowsAsync<HttpRequestException>(() => _callGear.CallAsync("create.employees", Create));

        await _sandbox.Requests.WaitForAsync(r => r.Method == "create.employees", 1, Token);
        Assert.Equal(employees, _account.Employees.Count);
        Assert.Equal((0, executed, "f1"), (Logged().Status, Logged().Executed, Logged().Fault));
    }

    [Fact]
    public async Task Html_AfterTheChange_IsPossibleToo()
    {
        _sandbox.Faults.Add(new Fault { Kind = FaultKind.Html, Status = 504, Executed = true });

        await Assert.ThrowsAnyAsync<JsonException>(() => _callGear.CallAsync("create.employees", Create));

        Assert.Equal(11, _account.Employees.Count);
    }

    [Fact]
    public async Task Redirect_Location_IsNamed()
    {
        _sandbox.Faults.Add(new Fault { Kind = FaultKind.Redirect, Location = "http://127.0.0.1:9/x" });

        using var response = await RawAsync();

        Assert.Equal((302, "http://127.0.0.1:9/x"), ((int)response.StatusCode, response.Headers.Location!.AbsoluteUri));
    }

    [Fact]
    public async Task CutOff_Answer_EndsInTheMiddle()
    {
        _sandbox.Faults.Add(new Fault { Kind = FaultKind.CutOff });

        await Assert.ThrowsAsync<HttpRequestException>(RawAsync);
    }

    [Theory]
    [InlineData(FaultKind.Truncated)]
    [InlineData(FaultKind.MalformedJson)]
    public async Task SpoiltJson_Answer_IsWholeByHttpButNotByJson(FaultKind kind)
    {
        _sandbox.Faults.Add(new Fault { Kind = kind });

        using var response = await RawAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var bytes = await response.Content.ReadAsByteArrayAsync(Token);
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(bytes));
    }

    [Fact]
    public async Task InvalidUtf8_Answer_HoldsAByteThatIsNoText()
    {
        _sandbox.Faults.Add(new Fault { Kind = FaultKind.InvalidUtf8 });

        using var response = await RawAsync();
        var bytes = await response.Content.ReadAsByteArrayAsync(Token);

        Assert.Throws<DecoderFallbackException>(() => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes));
    }

    [Fact]
    public async Task HugeBody_Answer_IsCorrectAndAsLongAsAsked()
    {
        _sandbox.Faults.Add(new Fault { Kind = FaultKind.HugeBody, Amount = 3_000_000 });

        using var response = await RawAsync();
        var bytes = await response.Content.ReadAsByteArrayAsync(Token);

        Assert.InRange(bytes.Length, 3_000_000, 3_000_100);
        Assert.Equal(50, JsonDocument.Parse(bytes).RootElement.GetProperty("result").GetArrayLength());
    }

    [Fact]
    public async Task EndlessBody_ClientThatLeaves_EndsIt()
    {
        _sandbox.Faults.Add(new Fault { Kind = FaultKind.EndlessBody });
        using (var client = new HttpClient())
        using (var response = await client.GetAsync(UserGet, HttpCompletionOption.ResponseHeadersRead, Token))
        await using (var body = await response.Content.ReadAsStreamAsync(Token))
        {
            await body.ReadExactlyAsync(new byte[5_000_000], Token);
        }

        await _sandbox.Requests.WaitForAsync(r => r.Fault == "f1", 1, Token);
        Assert.Equal(0, _sandbox.Requests.InFlight);
    }

    [Fact]
    public async Task NeverAnswer_ClientThatLeaves_EndsIt()
    {
        var fault = _sandbox.Faults.Add(new Fault { Kind = FaultKind.NeverAnswer });
        using var leaving = new CancellationTokenSource();
        using var client = new HttpClient();
        var call = client.GetAsync(UserGet, leaving.Token);
        await fault.WaitForHitsAsync(1, Token);
        Assert.Equal(1, _sandbox.Requests.InFlight);

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await _sandbox.Requests.WaitForAsync(r => r.Status == 0, 1, Token);
    }

    [Fact]
    public async Task Latency_Answer_ComesWhenTheTimeHasPassed()
    {
        var fault = _sandbox.Faults.Add(new Fault { Kind = FaultKind.Latency, DelaySeconds = 20 });
        var call = RawAsync();
        await fault.WaitForHitsAsync(1, Token);
        Assert.False(call.IsCompleted);

        // The timer may start after the hit is seen, so time passes until the answer is there.
        while (!call.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(20));
            await Task.Yield();
        }

        using var response = await call;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Hold_Requests_WaitUntilTheyAreReleased()
    {
        var fault = _sandbox.Faults.Add(new Fault { Kind = FaultKind.Hold, Method = "create.employees" });
        Task<JsonElement>[] calls = [.. Enumerable.Range(0, 3).Select(_ => _callGear.CallAsync("create.employees", Create))];
        await fault.WaitForHeldAsync(3, Token);
        Assert.Equal((3, 10), (fault.Held, _account.Employees.Count));

        fault.Release();

        await Task.WhenAll(calls);
        Assert.Equal((0, 13, 3), (fault.Held, _account.Employees.Count, _sandbox.Requests.PeakConcurrencyOf(Vendor.CallGear, "a")));
    }

    [Theory]
    [InlineData(FaultKind.EmptyList, null, "", 0)]
    [InlineData(FaultKind.LostItems, null, "900001,900002,900003,900004,900006,900007,900008,900009,900010", 10)]
    [InlineData(FaultKind.LostItems, 8, "900001,900010", 10)]
    [InlineData(FaultKind.UnorderedIds, null, "900001,900002,900003,900004,900006,900005,900007,900008,900009,900010", 10)]
    [InlineData(FaultKind.ShiftingTotal, 2, "900001,900002,900003,900004,900005,900006,900007,900008,900009,900010", 12)]
    public async Task ListFault_OfCallGear_SpoilsTheList(FaultKind kind, int? amount, string expected, int total)
    {
        _sandbox.Faults.Add(new Fault { Kind = kind, Amount = amount, Method = "get.employees" });

        var result = (await _callGear.CallAsync("get.employees")).GetProperty("result");

        Assert.Equal(expected, string.Join(',', result.GetProperty("data").EnumerateArray().Select(e => e.GetProperty("id").GetRawText())));
        Assert.Equal(total, result.GetProperty("metadata").GetProperty("total_items").GetInt32());
    }

    [Theory]
    [InlineData(FaultKind.EmptyList, 0)]
    [InlineData(FaultKind.LostItems, 49)]
    [InlineData(FaultKind.UnorderedIds, 50)]
    public async Task ListFault_OfBitrix24_SpoilsCommandsToo(FaultKind kind, int users)
    {
        _sandbox.Faults.Add(new Fault { Kind = kind, Vendor = Vendor.Bitrix24, Times = 1 });

        var (_, body) = await _bitrix.CallAsync("batch", BatchTests.ChainOfPages(1));

        var ids = body.GetProperty("result").GetProperty("result").GetProperty("p0").EnumerateArray()
            .Select(u => int.Parse(u.GetProperty("ID").GetString()!, null)).ToArray();
        Assert.Equal(users, ids.Length);
        Assert.Equal(kind != FaultKind.UnorderedIds, ids.SequenceEqual(ids.Order()));
    }

    private Uri UserGet => new(_sandbox.Portal("p").WebhookUrl, "user.get");

    private RequestRecord Logged() => Assert.Single(_sandbox.Requests.Records);

    private Task<HttpResponseMessage> RawAsync() => _bitrix.PostAsync(UserGet, "{}", "application/json");
}
