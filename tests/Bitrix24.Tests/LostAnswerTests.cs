using Microsoft.Extensions.Time.Testing;
using OrleansSync.Testing.Loopback;

namespace OrleansSync.Bitrix24.Tests;

public sealed class LostAnswerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Count_NobodyListens_UnavailableWithoutTheSecret()
    {
        using var port = Faults.ClosedPort(out var url);
        using var http = Clients.Http();

        var error = (await Clients.Rest(http).CountUsersAsync(Clients.Webhook(url), Cancellation)).Error!;

        Assert.Equal((VendorErrorKind.Unavailable, "The connection to Bitrix24 failed."), (error.Kind, error.Message));
        Assert.DoesNotContain(Clients.Secret, error.Cause!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Count_FailureCutShort_Unavailable()
    {
        await using var server = await LoopbackServer.StartAsync(static (context, _) =>
        {
            context.Response.StatusCode = 502;
            return Faults.CutShortAsync(context);
        });
        using var http = Clients.Http();

        var result = await Clients.Rest(http).CountUsersAsync(Clients.Webhook(server), Cancellation);

        Assert.Equal(VendorErrorKind.Unavailable, result.Error!.Kind);
    }

    [Fact]
    public async Task Count_AnswerThatStalls_GivenUpAfterSixtyFiveSeconds()
    {
        var begun = new TaskCompletionSource();
        await using var server = await LoopbackServer.StartAsync((context, _) => Faults.StallAsync(context, begun));
        using var http = Clients.Http();
        var time = new FakeTimeProvider();

        var call = Clients.Rest(http, time).CountUsersAsync(Clients.Webhook(server), Cancellation);
        await begun.Task;
        time.Advance(TimeSpan.FromSeconds(64));
        Assert.False(call.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("Bitrix24 did not answer within 65 seconds.", (await call).Error!.Message);
    }
}
