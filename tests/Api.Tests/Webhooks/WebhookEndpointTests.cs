using System.Text;
using CsCheck;
using OrleansSync.Api.Tests.Hosting;
using OrleansSync.Api.Webhooks;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Tests.Webhooks;

public sealed class WebhookEndpointTests : IAsyncLifetime
{
    private const string Form = "application/x-www-form-urlencoded";

    private TestApi _api = null!;
    private ScriptedPortal _portal = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await TestApi.StartAsync();
        _portal = _api.Grains.Connect("acme");
        _portal.ApplicationToken = "right+token";
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData("event=ONUSERADD&data[ID]=123&data[ACTIVE]=Y&ts=1466439714&auth[domain]=x&auth[application_token]=right%2Btoken")]
    [InlineData("auth%5Bapplication_token%5D=right%2Btoken&event=onUserAdd")]
    public async Task Post_UserAdded_Answers202AndAsksForARun(string form)
    {
        var answer = await PostAsync("acme", form);

        Assert.Equal((202, ""), (answer.Status, answer.Text));
        Assert.Equal([new RunRequest(RunTrigger.Event)], _portal.Requested);
    }

    [Theory]
    [InlineData("event=ONUSERUPDATE&auth[application_token]=right%2Btoken")]
    [InlineData("auth[application_token]=right%2Btoken")]
    public async Task Post_OtherEvent_Answers202AndDoesNothing(string form)
    {
        Assert.Equal(202, (await PostAsync("acme", form)).Status);
        Assert.Empty(_portal.Requested);
    }

    [Theory]
    [InlineData(RunRequestOutcome.NotNow)]
    [InlineData(RunRequestOutcome.QueueFull)]
    public async Task Post_AccountTakesNoRunNow_StillAnswers202(RunRequestOutcome outcome)
    {
        _portal.NextRun = new RunRequestAnswer(outcome);

        Assert.Equal(202, (await PostAsync("acme", "event=ONUSERADD&auth[application_token]=right%2Btoken")).Status);
    }

    [Theory]
    [InlineData("acme", "event=ONUSERADD&auth[application_token]=wrong", Form)]
    [InlineData("acme", "event=ONUSERADD&auth[application_token]=right+token", Form)]
    [InlineData("acme", "event=ONUSERADD&auth[application_token]=", Form)]
    [InlineData("acme", "event=ONUSERADD", Form)]
    [InlineData("acme", "", Form)]
    [InlineData("acme", "auth[application_token]=right%2Btoken&auth[application_token]=right%2Btoken&event=ONUSERADD", Form)]
    [InlineData("acme", "{\"event\":\"ONUSERADD\"}", "application/json")]
    [InlineData("acme", "event=ONUSERADD&auth[application_token]=right%2Btoken", "text/plain")]
    [InlineData("nobody", "event=ONUSERADD&auth[application_token]=right%2Btoken", Form)]
    [InlineData("NOT-AN-ID", "event=ONUSERADD&auth[application_token]=right%2Btoken", Form)]
    public async Task Post_AnythingWrong_IsAnsweredAlikeWhateverItIs(string accountId, string form, string type)
    {
        var reference = await PostAsync("reference", "event=ONUSERADD&auth[application_token]=x");

        var answer = (await PostAsync(accountId, form, type)).AssertProblem(401, "unauthorized");

        Assert.Equal(reference.Text.Replace("reference", accountId, StringComparison.Ordinal), answer.Text);
        Assert.Equal(Headers(reference), Headers(answer));
        Assert.Empty(_portal.Requested);
    }

    [Fact]
    public async Task Post_BodyTooLarge_Answers413WhetherOrNotTheAccountExists()
    {
        var form = "auth[application_token]=right%2Btoken&x=" + new string('x', 64 * 1024);

        (await PostAsync("acme", form)).AssertProblem(413, "tooLarge");
        (await PostAsync("nobody", form)).AssertProblem(413, "tooLarge");
    }

    [Fact]
    public void Parse_AnyBytes_NeverThrows() => Gen.Byte.Array[0, 200].Sample(bytes => _ = EventForm.Parse(bytes));

    [Fact]
    public void Parse_AnyToken_IsReadAsItWasSent() => Gen.String[1, 50].Where(text => !text.Any(char.IsSurrogate)).Sample(token =>
    {
        var body = Encoding.UTF8.GetBytes(
            $"event=ONUSERADD&{Uri.EscapeDataString("auth[application_token]")}={Uri.EscapeDataString(token)}");

        Assert.Equal(new EventForm("ONUSERADD", token), EventForm.Parse(body));
    });

    private static IEnumerable<string> Headers(ApiResponse answer) =>
        answer.Headers.Where(header => header.Key != "Date").Select(header => $"{header.Key}: {string.Join(',', header.Value)}");

    private async Task<ApiResponse> PostAsync(string accountId, string form, string type = Form)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(form));
        content.Headers.ContentType = new(type);
        return await _api.SendAsync(HttpMethod.Post, $"/webhooks/bitrix24/{accountId}", key: null, content);
    }
}
