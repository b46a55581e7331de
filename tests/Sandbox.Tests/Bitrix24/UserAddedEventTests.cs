using System.Net;
using System.Text.Json.Nodes;
using OrleansSync.Sandbox.Bitrix24;

namespace OrleansSync.Sandbox.Tests.Bitrix24;

public sealed class UserAddedEventTests
{
    [Fact]
    public async Task Body_User_IsAFormWithPhpKeys()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        var portal = sandbox.PutPortal("p");
        var user = BitrixUser.Employee(7, "Зоя", "O'Brien & Co", "zoe@example.com").With("UF_DEPARTMENT", new JsonArray(1, 5)).Dismissed();

        var body = PhpQuery.Parse(UserAddedEvent.Body(portal, user, "token", TimeProvider.System));

        Assert.Equal("ONUSERADD", body["event"]!.GetValue<string>());
        Assert.Equal("7", body["data"]!["ID"]!.GetValue<string>());
        Assert.Equal("N", body["data"]!["ACTIVE"]!.GetValue<string>());
        Assert.Equal("O'Brien & Co", body["data"]!["LAST_NAME"]!.GetValue<string>());
        Assert.Equal("5", body["data"]!["UF_DEPARTMENT"]!["1"]!.GetValue<string>());
        Assert.Equal("token", body["auth"]!["application_token"]!.GetValue<string>());
        Assert.Equal(portal.MemberId, body["auth"]!["member_id"]!.GetValue<string>());
    }

    [Fact]
    public async Task Send_Handler_AnswersItsStatus()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        sandbox.PutPortal("p", users: UserGetTests.FourUsers());

        var status = await sandbox.SendUserAddedAsync(
            "p", 1, new Uri(sandbox.Address, "nowhere"), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, status);
    }
}
