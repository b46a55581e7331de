using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Tests.Connections;

public sealed class Bitrix24CredentialTests(ConnectionCluster cluster) : ConnectionTests(cluster)
{
    [Fact]
    public async Task Configure_NeededSecretIsMissing_NamesItAndStoresNothing()
    {
        var portal = Cluster.Sandbox.PutPortal("configure-missing");

        var missing = await Cluster.Bitrix24("configure-missing").ConfigureAsync(Cluster.Webhook("configure-missing", portal) with { WebhookUrl = null });

        Assert.Equal("bitrix24.webhookUrl", missing);
        Assert.Null(Cluster.States.JsonOf("bitrix24Connection", GrainKeys.Account("configure-missing")));
    }

    [Fact]
    public async Task Configure_Stored_HoldsNoSecretInPlain()
    {
        var portal = Cluster.Sandbox.PutPortal("configure-plain");

        await Cluster.Bitrix24("configure-plain").ConfigureAsync(Cluster.Webhook("configure-plain", portal));

        var stored = Cluster.States.JsonOf("bitrix24Connection", GrainKeys.Account("configure-plain"));
        Assert.NotNull(stored);
        Assert.DoesNotContain(portal.WebhookUrl.Segments[^1].TrimEnd('/'), stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListUsers_SecretCannotBeOpened_SaysToEnterItAgain()
    {
        var portal = Cluster.Sandbox.PutPortal("key-ring-lost");
        var grain = Cluster.Bitrix24("key-ring-lost");
        await grain.ConfigureAsync(Cluster.Webhook("somebody-else", portal));

        var answer = await grain.ListUsersAsync(ByHand, Token);

        Assert.Equal(ProblemCode.Bitrix24Unauthorized, answer.Failure?.Problem.Code);
        Assert.Contains("Enter the webhook or tokens again", answer.Failure!.Problem.Message, StringComparison.Ordinal);
        Assert.Equal(0, answer.Calls);
    }

    [Fact]
    public async Task ListUsers_Cleared_CallsNobody()
    {
        var portal = Cluster.Sandbox.PutPortal("cleared");
        var grain = Cluster.Bitrix24("cleared");
        await grain.ConfigureAsync(Cluster.Webhook("cleared", portal));

        await grain.ClearAsync();
        var answer = await grain.ListUsersAsync(ByHand, Token);

        Assert.Equal(ProblemCode.Bitrix24Unauthorized, answer.Failure?.Problem.Code);
        Assert.Equal(0, answer.Calls);
        Assert.Null(Cluster.States.JsonOf("bitrix24Connection", GrainKeys.Account("cleared")));
    }

    [Theory]
    [InlineData("right", true)]
    [InlineData("wrong", false)]
    [InlineData("", false)]
    public async Task IsApplicationToken_AnyToken_OnlyTheAccountsOwn(string token, bool expected)
    {
        var portal = Cluster.Sandbox.PutPortal("application-token");
        var grain = Cluster.Bitrix24("application-token");
        await grain.ConfigureAsync(
            Cluster.Webhook("application-token", portal) with { ApplicationToken = Cluster.Secrets.Protect("application-token", "right") });

        Assert.Equal(expected, await grain.IsApplicationTokenAsync(token));
    }

    [Fact]
    public async Task IsApplicationToken_AccountHasNone_IsFalse() =>
        Assert.False(await Cluster.Bitrix24("no-application-token").IsApplicationTokenAsync(""));
}
