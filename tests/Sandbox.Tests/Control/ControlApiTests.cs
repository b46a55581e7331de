using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using OrleansSync.Sandbox.Bitrix24;
using OrleansSync.Sandbox.CallGear;

namespace OrleansSync.Sandbox.Tests.Control;

public sealed class ControlApiTests : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private SandboxServer _sandbox = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync(new SandboxOptions(), Token);
        _http.BaseAddress = new Uri(_sandbox.Address, "_sandbox/");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _sandbox.DisposeAsync();
    }

    [Fact]
    public async Task Portal_PutPatchedAndRead_IsThePortalThatServes()
    {
        var (_, put) = await SendAsync(
            "PUT", "portals/p", """{"settings":{"scopes":["user_brief"]},"users":[{"ID":7,"LAST_NAME":"Lee"},{"ID":"8"}]}""");
        await SendAsync("PATCH", "portals/p", """{"settings":{"status":"noRest"}}""");
        var (_, view) = await SendAsync("GET", "portals/p");

        Assert.Equal(_sandbox.Portal("p").WebhookUrl.AbsoluteUri, put.GetProperty("webhookUrl").GetString());
        Assert.Equal((PortalStatus.NoRest, 2.0), (_sandbox.Portal("p").Settings.Status, _sandbox.Portal("p").Settings.LeakPerSecond));
        Assert.Equal(["user_brief"], _sandbox.Portal("p").Settings.Scopes);
        Assert.Equal("noRest", view.GetProperty("settings").GetProperty("status").GetString());
        Assert.Equal("""[{"ID":"7","LAST_NAME":"Lee"},{"ID":"8"}]""", view.GetProperty("users").GetRawText());
    }

    [Fact]
    public async Task User_PutPatchedAndDeleted_ChangesThePortal()
    {
        var portal = _sandbox.PutPortal("p");

        await SendAsync("PUT", "portals/p/users/7", """{"LAST_NAME":"Lee","EMAIL":"a@example.com","UF_DEPARTMENT":false}""");
        var (_, patched) = await SendAsync("PATCH", "portals/p/users/7?without=EMAIL,UF_DEPARTMENT", """{"ACTIVE":false,"NAME":null}""");

        Assert.Equal("""{"ID":"7","LAST_NAME":"Lee","ACTIVE":false,"NAME":null}""", patched.GetRawText());
        Assert.Equal(204, (await SendAsync("DELETE", "portals/p/users/7")).Status);
        Assert.Equal(404, (await SendAsync("DELETE", "portals/p/users/7")).Status);
        Assert.Empty(portal.Users);
    }

    [Fact]
    public async Task Account_PutAndChanged_IsTheAccountThatServes()
    {
        var (_, put) = await SendAsync(
            "PUT", "accounts/a", """{"settings":{"minuteLimit":5},"employees":[{"last_name":"Lee","phone_numbers":["""
                + """{"phone_number":"7"}]}],"groups":[{"id":3,"name":"Sales"}]}""");
        await SendAsync("PUT", "accounts/a/employees/5", """{"last_name":"Brown"}""");
        await SendAsync("DELETE", "accounts/a/employees/900001");
        await SendAsync("PUT", "accounts/a/groups/4", """{"name":"Support","members":[5]}""");
        await SendAsync("PATCH", "accounts/a", """{"settings":{"addressWhitelisted":false}}""");
        var (_, view) = await SendAsync("GET", "accounts/a");

        var account = _sandbox.Account("a");
        Assert.Equal(account.AccessToken, put.GetProperty("accessToken").GetString());
        Assert.Equal((5, false), (account.Settings.MinuteLimit, account.Settings.AddressWhitelisted));
        Assert.Equal("Brown", Assert.Single(view.GetProperty("employees").EnumerateArray()).GetProperty("last_name").GetString());
        Assert.Equal(1, view.GetProperty("deletedEmployees").GetInt32());
        Assert.Equal([3, 4], account.Groups.Select(g => g.Id));
        Assert.Equal(new PhoneNumber(1, "7"), Assert.Single(Assert.Single(account.DeletedEmployees()).PhoneNumbers));
    }

    [Theory]
    [InlineData("PUT", "portals/p", """{"setings":{}}""", 400)]
    [InlineData("PUT", "portals/p", """{"settings":{"leak":2}}""", 400)]
    [InlineData("PUT", "portals/p", """{"settings":{"status":"gone"}}""", 400)]
    [InlineData("PUT", "portals/p", """{"users":[{"NAME":"Ann"}]}""", 400)]
    [InlineData("PUT", "portals/p", "[", 400)]
    [InlineData("PUT", "accounts/a", """{"employees":[{"lastName":"Lee"}]}""", 400)]
    [InlineData("PATCH", "portals/none", "{}", 404)]
    [InlineData("GET", "accounts/none", null, 404)]
    [InlineData("POST", "faults", "{}", 400)]
    [InlineData("POST", "faults", """{"kind":"gremlin"}""", 400)]
    [InlineData("POST", "faults", """{"kind":"drop","every":0}""", 400)]
    [InlineData("GET", "faults/f9", null, 404)]
    [InlineData("POST", "seed", """{"options":{"users":-1}}""", 400)]
    [InlineData("GET", "requests?after=x", null, 400)]
    public async Task Mistake_OfTheCaller_IsNamed(string method, string path, string? body, int status)
    {
        var answer = await SendAsync(method, path, body);

        Assert.Equal(status, answer.Status);
        Assert.NotEmpty(answer.Body.GetProperty("detail").GetString()!);
    }

    [Fact]
    public async Task Fault_HeldAndReleased_OverHttp()
    {
        var portal = _sandbox.PutPortal("p");
        using var client = new BitrixClient(portal);
        var (status, fault) = await SendAsync("POST", "faults", """{"kind":"hold","vendor":"bitrix24","target":"p"}""");
        var id = fault.GetProperty("id").GetString();
        var call = client.CallAsync("user.get", "{}");

        var (_, held) = await SendAsync("GET", $"faults/{id}?held=1&wait=60");
        await SendAsync("POST", "release", $$"""{"id":"{{id}}"}""");

        Assert.Equal(201, status);
        Assert.Equal((1, 1), (held.GetProperty("held").GetInt32(), held.GetProperty("hits").GetInt32()));
        Assert.Equal(200, (int)(await call).Status);
        Assert.Equal(204, (await SendAsync("DELETE", $"faults/{id}")).Status);
        Assert.Empty(_sandbox.Faults.Active);
    }

    [Fact]
    public async Task Faults_ListedAndCleared_AreGone()
    {
        await SendAsync("POST", "faults", """{"kind":"emptyList"}""");
        await SendAsync("POST", "faults", """{"kind":"html","status":504,"every":2}""");

        Assert.Equal(2, (await SendAsync("GET", "faults")).Body.GetArrayLength());
        Assert.Equal(204, (await SendAsync("DELETE", "faults")).Status);
        Assert.Equal(0, (await SendAsync("GET", "faults")).Body.GetArrayLength());
    }

    [Fact]
    public async Task Requests_Narrowed_ShowRecordsAndCounts()
    {
        using var client = new BitrixClient(_sandbox.PutPortal("p"));
        using var callGear = new CallGearClient(_sandbox.PutAccount("a"));
        await client.CallAsync("user.get", "{}");
        await client.CallAsync("nothing", "{}");
        await callGear.CallAsync("get.employees");

        var (_, all) = await SendAsync("GET", "requests");
        var (_, one) = await SendAsync("GET", "requests?vendor=bitrix24&target=p&after=1");

        Assert.Equal(3, all.GetProperty("records").GetArrayLength());
        Assert.Equal("ERROR_METHOD_NOT_FOUND", Assert.Single(one.GetProperty("records").EnumerateArray()).GetProperty("error").GetString());
        Assert.Equal(2, one.GetProperty("counts").GetArrayLength());
        Assert.Equal(204, (await SendAsync("DELETE", "requests")).Status);
        Assert.Equal(0, (await SendAsync("GET", "requests")).Body.GetProperty("records").GetArrayLength());
    }

    [Fact]
    public async Task SeedAndReset_FillAndEmptyTheSandbox()
    {
        var (_, demo) = await SendAsync("POST", "seed", """{"demo":true}""");
        var (_, sized) =
            await SendAsync("POST", "seed", """{"portal":"big","account":"large","options":{"users":1200,"employees":30,"seed":4}}""");

        Assert.Equal("acme", demo.GetProperty("portal").GetProperty("portal").GetString());
        Assert.Equal(
            (1200, 30), (sized.GetProperty("portal").GetProperty("userCount").GetInt32(), _sandbox.Account("large").Employees.Count));
        Assert.Equal(204, (await SendAsync("POST", "reset")).Status);
        var (_, empty) = await SendAsync("GET", "");
        Assert.Equal("[]", empty.GetProperty("portals").GetRawText());
        Assert.Equal("[]", empty.GetProperty("accounts").GetRawText());
    }

    [Fact]
    public async Task Tokens_ExpiredOverHttp_AreExpired()
    {
        var portal = _sandbox.PutPortal("p");
        using var client = new BitrixClient(portal);

        await SendAsync("POST", "portals/p/tokens/expire");

        Assert.Equal(
            "expired_token",
            (await client.CallWithTokenAsync("user.get", portal.Tokens.AccessToken)).Body.GetProperty("error").GetString());
    }

    [Fact]
    public async Task Event_Sent_AnswersTheHandlersStatus()
    {
        _sandbox.PutPortal("p", users: [BitrixUser.Employee(7, "Ann", "Lee", "ann@example.com")]);

        var (status, body) = await SendAsync("POST", "events", $$"""{"portal":"p","userId":7,"handler":"{{_sandbox.Address}}nowhere"}""");

        Assert.Equal((200, 404), (status, body.GetProperty("status").GetInt32()));
        Assert.Equal(404, (await SendAsync("POST", "events", """{"portal":"p","userId":8,"handler":"http://127.0.0.1:9/"}""")).Status);
    }

    private async Task<(int Status, JsonElement Body)> SendAsync(string method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _http.SendAsync(request, Token);
        return ((int)response.StatusCode, response.StatusCode == System.Net.HttpStatusCode.NoContent
            ? default
            : await response.Content.ReadFromJsonAsync<JsonElement>(Token));
    }
}
