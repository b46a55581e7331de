using OrleansSync.Bitrix24.Credentials;
using OrleansSync.Bitrix24.Responses;
using OrleansSync.Bitrix24.Users;
using OrleansSync.Testing.Loopback;

namespace OrleansSync.Bitrix24.Tests;

/// <summary>A portal that was renamed: its old address sends callers to the new one (R8.9).</summary>
[Trait("Rule", "R8.9")]
public sealed class MovedPortalTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Call_Redirect_IsNotFollowedAndNamesTheHostAlone(int status)
    {
        await using var server = await AnsweringAsync(status, $"https://new.bitrix24.com/rest/1/{Clients.Secret}/batch");

        var result = await ReadAsync(server);

        Assert.Equal(VendorErrorKind.Moved, result.Error!.Kind);
        Assert.Equal(
            $"The portal answers with a redirect (HTTP {status}) to new.bitrix24.com, which is not followed.", result.Error.Message);
        Assert.False(result.Error.IsTransient);
        Assert.Single(server.Requests);
        Assert.DoesNotContain(Clients.Secret, Clients.Everything(result) + result.Error.Redirect, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_RedirectToALoginPage_SaysThatTheHostIsTheSame()
    {
        await using var server = await AnsweringAsync(302, $"/auth/?backurl=%2Frest%2F1%2F{Clients.Secret}");

        var result = await ReadAsync(server);

        Assert.Equal(VendorErrorKind.Moved, result.Error!.Kind);
        Assert.Contains(
            $" to another address at {server.Url.Authority} itself, which is not followed.",
            result.Error.Message,
            StringComparison.Ordinal);
        Assert.DoesNotContain(Clients.Secret, Clients.Everything(result), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"https://{Clients.Secret}.example/")]
    [InlineData($"https://x.{Clients.Secret}.example/")]
    public async Task Call_RedirectToAHostWithTheSecret_HidesIt(string location)
    {
        await using var server = await AnsweringAsync(302, location);
        using var http = Clients.Http();

        // A host has no capitals, so that the secret is one without.
        var secret = Clients.Secret.ToLowerInvariant();
        var result = await Clients.Rest(http).ReadUsersAsync(
            new WebhookCredentials(new Uri(server.Url, $"rest/1/{secret}/")), UserPosition.AfterId(0), 1, Cancellation);

        Assert.DoesNotContain(secret, Clients.Everything(result) + result.Error!.Redirect, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(302, null)]
    [InlineData(302, "mailto:a@b.example")]
    public async Task Call_RedirectWithoutAnAddress_SaysSo(int status, string? location)
    {
        await using var server = await AnsweringAsync(status, location);

        Assert.Contains("that names no address", (await ReadAsync(server)).Error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(304)]
    public async Task Call_OtherAnswerOfTheClass_IsInvalid(int status)
    {
        await using var server = await AnsweringAsync(status, "https://new.bitrix24.com/");

        Assert.Equal(VendorErrorKind.InvalidAnswer, (await ReadAsync(server)).Error!.Kind);
    }

    private static Task<LoopbackServer> AnsweringAsync(int status, string? location) => LoopbackServer.StartAsync((context, _) =>
    {
        context.Response.StatusCode = status;
        if (location is not null)
        {
            context.Response.Headers.Location = location;
        }

        return Task.CompletedTask;
    });

    private static async Task<VendorResult<Bitrix24UserBatch, Bitrix24Timing>> ReadAsync(LoopbackServer server)
    {
        using var http = Clients.Http();
        return await Clients.Rest(http).ReadUsersAsync(Clients.Webhook(server), UserPosition.AfterId(0), 1, Cancellation);
    }
}
