using System.Text.Json.Nodes;
using OrleansSync.Bitrix24.Responses;
using OrleansSync.Bitrix24.Credentials;
using OrleansSync.Bitrix24.Users;
using OrleansSync.Testing.Loopback;

namespace OrleansSync.Bitrix24.Tests;

public sealed class Bitrix24ClientTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadUsersAsync_Webhook_SendsOneBatchOfAllPages()
    {
        await using var server = await LoopbackServer.AnsweringAsync(
            200, """{"result":{"result":{"p0":[{"ID":"121"}]},"result_error":[]},"time":{"operating":2}}""");
        using var http = Clients.Http();

        var result = await Clients.Rest(http).ReadUsersAsync(
            Clients.Webhook(server), UserPosition.AfterId(120), cancellationToken: Cancellation);

        Assert.Equal([121L], Assert.Single(result.Value.Pages).Users.Select(static user => user.Id));
        Assert.Equal(new Bitrix24Timing(2, null), result.Usage);
        Assert.Equal("POST", server.Request.Method);
        Assert.Equal($"/rest/1/{Clients.Secret}/batch", server.Request.Target);
        Assert.Equal("application/json; charset=utf-8", server.Request.ContentType);
        var body = JsonNode.Parse(server.Request.Body)!.AsObject();
        Assert.Equal(["halt", "cmd"], body.Select(static member => member.Key));
        Assert.Equal(0, (int)body["halt"]!);
        Assert.Equal(
            UserBatch.Commands(UserPosition.AfterId(120), 50).Select(static each => (each.Name, (string?)each.Command)),
            body["cmd"]!.AsObject().Select(static command => (command.Key, (string?)command.Value)));
    }

    [Fact]
    public async Task GetUserAsync_OAuth_SendsTheTokenInTheBody()
    {
        await using var server = await LoopbackServer.AnsweringAsync(200, """{"result":[{"ID":"7","LAST_NAME":"Lee"}]}""");
        using var http = Clients.Http();
        var credentials = new OAuthCredentials(new Uri(server.Url, "rest/"), "t0ken");

        var result = await Clients.Rest(http).GetUserAsync(credentials, 7, Cancellation);

        Assert.Equal("Lee", result.Value!.LastName);
        Assert.Equal("/rest/user.get", server.Request.Target);
        var expected = JsonNode.Parse(
            """
            {"auth":"t0ken","FILTER":{"ID":7},"select":["ID","ACTIVE","USER_TYPE","NAME","LAST_NAME","SECOND_NAME","EMAIL","WORK_PHONE",
             "PERSONAL_MOBILE","PERSONAL_PHONE","UF_DEPARTMENT"],"start":-1}
            """);
        Assert.Equal(expected!.ToJsonString(), JsonNode.Parse(server.Request.Body)!.ToJsonString());
    }

    [Fact]
    public async Task GetUserAsync_NobodyFound_Null()
    {
        await using var server = await LoopbackServer.AnsweringAsync(200, """{"result":[]}""");
        using var http = Clients.Http();

        var result = await Clients.Rest(http).GetUserAsync(Clients.Webhook(server), 7, Cancellation);

        Assert.True(result.IsSuccess);
        Assert.Null(result.Value);
    }

    [Fact]
    public async Task CountUsersAsync_Portal_AsksWithCounting()
    {
        await using var server = await LoopbackServer.AnsweringAsync(200, """{"result":[{"ID":"1","EMAIL":""}],"total":123,"next":50}""");
        using var http = Clients.Http();

        var result = await Clients.Rest(http).CountUsersAsync(Clients.Webhook(server), Cancellation);

        Assert.Equal((123, true), (result.Value.Total, result.Value.IsEmailVisible));
        Assert.Equal([1L], result.Value.FirstIds);
        Assert.Equal("""{"select":["ID","EMAIL"],"start":0}""", server.Request.Body);
    }

    [Fact]
    public async Task AnyCall_VendorRepeatsTheSecret_NothingShowsIt()
    {
        await using var server = await LoopbackServer.AnsweringAsync(
            401, $$"""{"error":"INVALID_{{Clients.Secret}}","error_description":"Bad address /rest/1/{{Clients.Secret}}/"}""");
        using var http = Clients.Http();

        var result = await Clients.Rest(http).CountUsersAsync(Clients.Webhook(server), Cancellation);

        Assert.Equal(VendorErrorKind.Unauthorized, result.Error!.Kind);
        Assert.DoesNotContain(Clients.Secret, Clients.Everything(result), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(51)]
    public async Task ReadUsersAsync_PagesThatMakeNoSense_Throws(int pages)
    {
        using var http = Clients.Http();
        var credentials = Clients.Webhook(new Uri("http://127.0.0.1/"));

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => Clients.Rest(http).ReadUsersAsync(credentials, UserPosition.AfterId(0), pages, Cancellation));
    }

    [Fact]
    public void UserPosition_Negative_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => UserPosition.AfterId(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => UserPosition.AfterUsers(-1));
    }
}
