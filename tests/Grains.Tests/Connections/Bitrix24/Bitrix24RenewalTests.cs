using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Tests.Connections.Cluster;
using OrleansSync.Sandbox.Bitrix24;
using OrleansSync.Sandbox.Faults;
using OrleansSync.Sandbox.Requests;

namespace OrleansSync.Grains.Tests.Connections.Bitrix24;

public sealed class Bitrix24RenewalTests(ConnectionCluster cluster) : ConnectionTests(cluster)
{
    [Fact]
    public async Task ListUsers_TokenExpired_IsRenewedStoredAndThenUsed()
    {
        var (grain, portal) = await ConnectAsync("renew-stored");
        portal.Tokens.ExpireAccessTokens();
        var requestsBefore = new List<int>();
        Cluster.States.Writing = (state, _) => requestsBefore.Add(state == "bitrix24Connection" ? RequestsOf(portal).Length : -1);

        var answer = await Cluster.DriveAsync(grain.ListUsersAsync(0, ByHand, Token));

        Assert.Null(answer.Failure);
        Assert.Equal(3, answer.Calls);
        Assert.Equal(["batch", "oauth.token", "batch"], RequestsOf(portal).Select(request => request.Method));
        Assert.Equal([2], requestsBefore);
    }

    [Fact]
    public async Task ListUsers_TwoAtATimeWithExpiredToken_RenewOnce()
    {
        var (grain, portal) = await ConnectAsync("renew-once");
        portal.Tokens.ExpireAccessTokens();
        using var hold = Cluster.Sandbox.Faults.Add(new Fault { Kind = FaultKind.Hold, Target = portal.Id, Method = "oauth.token" });

        var first = grain.ListUsersAsync(0, ByHand, Token);
        var second = grain.ListUsersAsync(0, ByHand, Token);
        await hold.WaitForHeldAsync(1, Token);
        await Cluster.Sandbox.Requests.WaitForAsync(request => request.Target == portal.Id && request.Method == "batch", 2, Token);
        hold.Release();

        Assert.Null((await Cluster.DriveAsync(first)).Failure);
        Assert.Null((await Cluster.DriveAsync(second)).Failure);
        Assert.Equal(1, portal.Tokens.Renewals);
        Assert.Equal(0, portal.Tokens.PrematureRenewals);
        Assert.Equal(5, (await first).Calls + (await second).Calls);
    }

    [Fact]
    public async Task ListUsers_TokenExpiredAgainAnHourLater_IsRenewedWithTheNewRefreshToken()
    {
        var (grain, portal) = await ConnectAsync("renew-twice");
        portal.Tokens.ExpireAccessTokens();
        await Cluster.DriveAsync(grain.ListUsersAsync(0, ByHand, Token));
        portal.Tokens.ExpireAccessTokens();

        var answer = await Cluster.DriveAsync(grain.ListUsersAsync(0, ByHand, Token));

        Assert.Null(answer.Failure);
        Assert.Equal(2, portal.Tokens.Renewals);
    }

    [Fact]
    public async Task ListUsers_RenewalRefused_FailsAsUnauthorizedAndIsNotRepeated()
    {
        var (grain, portal) = await ConnectAsync("renew-refused");
        portal.Tokens.ExpireAccessTokens();
        Cluster.Sandbox.Faults.Add(
            new Fault { Kind = FaultKind.Error, Code = "invalid_grant", Target = portal.Id, Method = "oauth.token" });

        var answer = await Cluster.DriveAsync(grain.ListUsersAsync(0, ByHand, Token));

        Assert.Equal(ProblemCode.Bitrix24Unauthorized, answer.Failure?.Problem.Code);
        Assert.Equal(2, answer.Calls);
    }

    [Theory]
    [InlineData("PAYMENT_REQUIRED", ProblemCode.Bitrix24Blocked)]
    [InlineData("insufficient_scope", ProblemCode.Bitrix24Scope)]
    public async Task ListUsers_RenewalRefusedForAnotherReason_KeepsItsCode(string error, ProblemCode code)
    {
        var (grain, portal) = await ConnectAsync($"renew-{error.Replace('_', '-')}".ToLowerInvariant());
        portal.Settings = portal.Settings with { RenewalError = error };
        portal.Tokens.ExpireAccessTokens();

        var answer = await Cluster.DriveAsync(grain.ListUsersAsync(0, ByHand, Token));

        Assert.Equal(code, answer.Failure?.Problem.Code);
    }

    [Fact]
    public async Task ListUsers_RenewalsAnswerIsLost_NextRefusalSaysSo()
    {
        var (grain, portal) = await ConnectAsync("renew-lost");
        portal.Tokens.ExpireAccessTokens();
        Cluster.Sandbox.Faults.Add(
            new Fault { Kind = FaultKind.Drop, Executed = true, Times = 1, Target = portal.Id, Method = "oauth.token" });

        var answer = await Cluster.DriveAsync(grain.ListUsersAsync(0, ByHand, Token));

        Assert.Equal(ProblemCode.Bitrix24Unauthorized, answer.Failure?.Problem.Code);
        Assert.Contains("The answer to an earlier renewal was lost", answer.Failure!.Problem.Message, StringComparison.Ordinal);
        Assert.Contains(
            "\"isRenewalDoubtful\":true",
            Cluster.States.JsonOf("bitrix24Connection", GrainKeys.Account("renew-lost")),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListUsers_RenewalIsDroppedBeforeItIsMade_SucceedsAtTheNextTry()
    {
        var (grain, portal) = await ConnectAsync("renew-dropped");
        portal.Tokens.ExpireAccessTokens();
        Cluster.Sandbox.Faults.Add(new Fault { Kind = FaultKind.Drop, Times = 1, Target = portal.Id, Method = "oauth.token" });

        var answer = await Cluster.DriveAsync(grain.ListUsersAsync(0, ByHand, Token));

        Assert.Null(answer.Failure);
        Assert.DoesNotContain(
            "Doubtful\":true", Cluster.States.JsonOf("bitrix24Connection", GrainKeys.Account("renew-dropped")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListUsers_RenewedTokensCannotBeStoredAtOnce_AreKeptAndStoredLater()
    {
        var (grain, portal) = await ConnectAsync("renew-not-stored");
        portal.Tokens.ExpireAccessTokens();
        Cluster.States.FailWrites(2);

        var answer = await Cluster.DriveAsync(grain.ListUsersAsync(0, ByHand, Token));

        Assert.Null(answer.Failure);
        Assert.Equal(1, portal.Tokens.Renewals);
    }

    [Fact]
    public async Task ListUsers_CallerLeavesDuringRenewal_RenewedTokensAreStoredAllTheSame()
    {
        var (grain, portal) = await ConnectAsync("renew-left");
        portal.Tokens.ExpireAccessTokens();
        using var hold = Cluster.Sandbox.Faults.Add(new Fault { Kind = FaultKind.Hold, Target = portal.Id, Method = "oauth.token" });
        using var leaving = new CancellationTokenSource();
        var left = grain.ListUsersAsync(0, ByHand, leaving.Token);
        await hold.WaitForHeldAsync(1, Token);

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        hold.Release();
        var answer = await Cluster.DriveAsync(grain.ListUsersAsync(0, ByHand, Token));

        Assert.Null(answer.Failure);
        Assert.Equal(1, portal.Tokens.Renewals);
    }

    [Fact]
    public async Task ListUsers_ServiceHasNoOAuthApplication_SaysWhatIsMissing()
    {
        var (grain, portal) = await ConnectAsync("renew-no-application");
        portal.Tokens.ExpireAccessTokens();
        var clientId = Cluster.OAuth.ClientId;
        Cluster.OAuth.ClientId = null;
        try
        {
            var answer = await Cluster.DriveAsync(grain.ListUsersAsync(0, ByHand, Token));

            Assert.Equal(ProblemCode.Bitrix24Unauthorized, answer.Failure?.Problem.Code);
            Assert.Contains("no OAuth application", answer.Failure!.Problem.Message, StringComparison.Ordinal);
        }
        finally
        {
            Cluster.OAuth.ClientId = clientId;
        }
    }

    private async Task<(IBitrix24ConnectionGrain Grain, BitrixPortal Portal)> ConnectAsync(string name)
    {
        var portal = Cluster.Sandbox.PutPortal(name, users: [ConnectionCluster.User(1)]);
        await Cluster.PutAccountAsync(name, Cluster.OAuthAccess(name, portal));
        return (Cluster.Bitrix24(name), portal);
    }

    private RequestRecord[] RequestsOf(BitrixPortal portal) =>
        [.. Cluster.Sandbox.Requests.Records.Where(request => request.Target == portal.Id)];
}
