using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Tests.Connections.Cluster;
using OrleansSync.Sandbox.Bitrix24;
using OrleansSync.Sandbox.Faults;
using OrleansSync.Sandbox.Requests;

namespace OrleansSync.Grains.Tests.Connections.Bitrix24;

public sealed class Bitrix24ListTests(ConnectionCluster cluster) : ConnectionTests(cluster)
{
    [Fact]
    public async Task ListUsers_MoreThanABatchHolds_ReadsAllByRisingIdInTwoRequests()
    {
        var (grain, _) = await ConnectAsync("list-large", 2_600);

        var answer = await Cluster.DriveAsync(grain.ListUsersAsync(2_600, ByHand, Token));

        Assert.Null(answer.Failure);
        Assert.Equal(Enumerable.Range(1, 2_600).Select(id => (long)id), answer.Value.Select(user => user.Id));
        Assert.Equal(2, answer.Calls);
    }

    [Fact]
    public async Task ListUsers_UserWithAllFields_AnswersThemAsTheyCame()
    {
        var (grain, portal) = await ConnectAsync("list-fields", 0);
        portal.ReplaceUsers(
        [
            BitrixUser.Employee(7, " Ann ", "Lee", "Ann@Example.com", "+1 (2)", "33", "44", "B.")
                .Dismissed()
                .With("USER_TYPE", "extranet")
                .With("UF_DEPARTMENT", false),
            BitrixUser.Employee(8, null, null, null).Without("EMAIL"),
        ]);

        var answer = await Cluster.DriveAsync(grain.ListUsersAsync(0, ByHand, Token));

        PortalUser[] expected =
        [
            new()
            {
                Id = 7, IsActive = false, UserType = "extranet", FirstName = " Ann ", LastName = "Lee", SecondName = "B.",
                Email = "Ann@Example.com",
                WorkPhone = "+1 (2)", PersonalMobile = "33", PersonalPhone = "44", HasDepartment = false, HasEmailField = true,
            },
            new()
            {
                Id = 8, UserType = "employee", SecondName = "", WorkPhone = "", PersonalMobile = "", PersonalPhone = "",
                HasDepartment = true, HasEmailField = false,
            },
        ];
        Assert.Equal(expected, answer.Value);
    }

    [Fact]
    public async Task ListUsers_SecondTime_AsksForNotManyMorePagesThanThereAre()
    {
        var (grain, portal) = await ConnectAsync("list-again", 120);
        await Cluster.DriveAsync(grain.ListUsersAsync(0, ByHand, Token));

        var again = await Cluster.DriveAsync(grain.ListUsersAsync(0, ByHand, Token));

        Assert.Equal(120, again.Value.Length);
        Assert.Equal([3, 3], RecordsOf(portal).Select(record => record.Commands));
    }

    [Theory]
    [InlineData(0, 149, 3)]
    [InlineData(0, 150, 3, 24)]
    [InlineData(0, 2_600, 3, 24, 50)]
    [InlineData(100, 100, 3)]
    [InlineData(100, 149, 3)]
    [InlineData(140, 140, 4)]
    [InlineData(100, 160, 3, 24)]
    [InlineData(2_495, 2_600, 50, 50)]
    [InlineData(5_000, 5_000, 50, 50, 1)]
    [InlineData(2_600, 20, 50)]
    public async Task ListUsers_AsksForThePagesOfThoseWhoAreKnown(int known, int users, params int[] pages)
    {
        var (grain, portal) = await ConnectAsync($"list-{known}-{users}", users);

        var answer = await Cluster.DriveAsync(grain.ListUsersAsync(known, ByHand, Token));

        Assert.Equal(users, answer.Value.Length);
        Assert.Equal(pages, RecordsOf(portal).Select(record => record.Commands));
    }

    [Fact]
    public async Task ListUsers_ManyUsersCameSince_StillReadsAll()
    {
        var (grain, portal) = await ConnectAsync("list-grown", 10);
        await Cluster.DriveAsync(grain.ListUsersAsync(0, ByHand, Token));
        portal.ReplaceUsers(Enumerable.Range(1, 400).Select(ConnectionCluster.User));

        var again = await Cluster.DriveAsync(grain.ListUsersAsync(0, ByHand, Token));

        Assert.Equal(400, again.Value.Length);
    }

    [Fact]
    public async Task ListUsers_ListIsNotWholeOnce_IsReadAgainFromTheStart()
    {
        var (grain, portal) = await ConnectAsync("list-shifted", 60);
        Fault(portal, new Fault { Kind = FaultKind.UnorderedIds, Times = 1 });

        var answer = await Cluster.DriveAsync(grain.ListUsersAsync(0, ByHand, Token));

        Assert.Null(answer.Failure);
        Assert.Equal(60, answer.Value.Length);
        Assert.Equal(2, answer.Calls);
    }

    [Fact]
    public async Task ListUsers_ListIsNeverWhole_FailsAfterThreeReadings()
    {
        var (grain, portal) = await ConnectAsync("list-broken", 60);
        Fault(portal, new Fault { Kind = FaultKind.UnorderedIds });

        var answer = await Cluster.DriveAsync(grain.ListUsersAsync(0, ByHand, Token));

        Assert.Equal(ProblemCode.InvalidAnswer, answer.Failure?.Problem.Code);
        Assert.StartsWith("Account list-broken: ", answer.Failure!.Problem.Message, StringComparison.Ordinal);
        Assert.Equal(3, answer.Calls);
    }

    [Theory]
    [InlineData(FaultKind.Html)]
    [InlineData(FaultKind.Drop)]
    [InlineData(FaultKind.CutOff)]
    [InlineData(FaultKind.Truncated)]
    public async Task ListUsers_FailsTwiceForAPassingReason_IsRepeated(FaultKind kind)
    {
        var (grain, portal) = await ConnectAsync($"list-passing-{kind}".ToLowerInvariant(), 3);
        Fault(portal, new Fault { Kind = kind, Times = 2 });

        var answer = await Cluster.DriveAsync(grain.ListUsersAsync(0, ByHand, Token));

        Assert.Null(answer.Failure);
        Assert.Equal(3, answer.Value.Length);
        Assert.Equal(3, answer.Calls);
    }

    [Fact]
    public async Task ListUsers_PortalStaysAway_FailsAsUnreachableAfterTwentySecondsAtLeast()
    {
        var (grain, portal) = await ConnectAsync("list-away", 3);
        Fault(portal, new Fault { Kind = FaultKind.Html });
        var start = Cluster.Time.GetUtcNow();

        var answer = await Cluster.DriveAsync(grain.ListUsersAsync(0, InRun("run"), Token));

        Assert.Equal(ProblemCode.Unreachable, answer.Failure?.Problem.Code);
        Assert.InRange(Cluster.Time.GetUtcNow() - start, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(35));
    }

    [Theory]
    [InlineData("ACCESS_DENIED", ProblemCode.Bitrix24Blocked)]
    [InlineData("PORTAL_DELETED", ProblemCode.Bitrix24Blocked)]
    [InlineData("OVERLOAD_LIMIT", ProblemCode.Bitrix24Blocked)]
    [InlineData("insufficient_scope", ProblemCode.Bitrix24Scope)]
    [InlineData("INVALID_CREDENTIALS", ProblemCode.Bitrix24Unauthorized)]
    public async Task ListUsers_APersonMustAct_FailsAtOnceWithoutRepetition(string error, ProblemCode code)
    {
        var (grain, portal) = await ConnectAsync($"list-{error.Replace('_', '-')}".ToLowerInvariant(), 3);
        Fault(portal, new Fault { Kind = FaultKind.Error, Code = error });

        var answer = await Cluster.DriveAsync(grain.ListUsersAsync(0, ByHand, Token));

        Assert.Equal(code, answer.Failure?.Problem.Code);
        Assert.Equal(1, answer.Calls);
    }

    [Fact]
    public async Task ListUsers_BucketIsFullOfOthersRequests_WaitsAndSucceeds()
    {
        var (grain, portal) = await ConnectAsync("list-full", 3);
        Fault(portal, new Fault { Kind = FaultKind.RateLimit, Method = "batch", Times = 3 });
        var start = Cluster.Time.GetUtcNow();

        var answer = await Cluster.DriveAsync(grain.ListUsersAsync(0, InRun("run"), Token), TimeSpan.FromSeconds(31));

        Assert.Null(answer.Failure);
        Assert.Equal(4, answer.Calls);
        Assert.Equal(TimeSpan.FromSeconds(7), Cluster.Time.GetUtcNow() - start);
    }

    [Fact]
    public async Task ListUsers_BucketStaysFull_FailsAsRateLimitedWithinTenMinutes()
    {
        var (grain, portal) = await ConnectAsync("list-always-full", 3);
        Fault(portal, new Fault { Kind = FaultKind.RateLimit, Method = "batch" });
        var start = Cluster.Time.GetUtcNow();

        var answer = await Cluster.DriveAsync(grain.ListUsersAsync(0, InRun("run"), Token), TimeSpan.FromSeconds(31));

        Assert.Equal(ProblemCode.RateLimited, answer.Failure?.Problem.Code);
        Assert.InRange(Cluster.Time.GetUtcNow() - start, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task ListUsers_MethodNearsItsExecutionTime_PortalIsLeftAloneUntilSomeIsGivenBack()
    {
        var (grain, portal) = await ConnectAsync("list-operating", 3);
        portal.Settings = portal.Settings with { OperatingSecondsPerCall = 150 };
        await Cluster.DriveAsync(grain.ListUsersAsync(0, ByHand, Token));
        portal.Settings = portal.Settings with { OperatingSecondsPerCall = 0 };
        var start = Cluster.Time.GetUtcNow();

        var answer = await Cluster.DriveAsync(grain.GetUserAsync(1, InRun("operating"), Token), TimeSpan.FromMinutes(10));

        Assert.Null(answer.Failure);
        Assert.InRange(Cluster.Time.GetUtcNow() - start, TimeSpan.FromMinutes(9.9), TimeSpan.FromMinutes(10));
        Assert.Equal(0, Cluster.Sandbox.Requests.RateRefusals(Vendor.Bitrix24, portal.Id));
    }

    [Fact]
    public async Task ListUsers_ThrottlesSiloHasEnded_IsRepeated()
    {
        var (grain, _) = await ConnectAsync("list-throttle-away", 3);
        Cluster.ThrottleOutage.Start(2);

        var answer = await Cluster.DriveAsync(grain.ListUsersAsync(0, ByHand, Token));

        Assert.Null(answer.Failure);
        Assert.Equal(1, answer.Calls);
    }

    [Fact]
    public async Task GetUser_IsThere_AnswersIt()
    {
        var (grain, _) = await ConnectAsync("get-user", 5);

        var answer = await Cluster.DriveAsync(grain.GetUserAsync(3, ByHand, Token));

        Assert.Equal("Lee 3", Assert.Single(answer.Value).LastName);
        Assert.Equal(1, answer.Calls);
    }

    [Theory]
    [InlineData(99)]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task GetUser_IsNotThere_AnswersAnEmptyList(long id)
    {
        var (grain, _) = await ConnectAsync($"get-nobody{id}", 5);

        var answer = await Cluster.DriveAsync(grain.GetUserAsync(id, ByHand, Token));

        Assert.Null(answer.Failure);
        Assert.Empty(answer.Value);
    }

    [Fact]
    public async Task ListUsers_Failing_NoLogLineAndNoMessageHoldsTheSecret()
    {
        var (grain, portal) = await ConnectAsync("list-secret", 3);
        Fault(portal, new Fault { Kind = FaultKind.Error, Code = "ERROR_SOMETHING", Message = $"See {portal.WebhookUrl}" });

        var answer = await Cluster.DriveAsync(grain.ListUsersAsync(0, ByHand, Token));

        var secret = portal.WebhookUrl.Segments[^1].TrimEnd('/');
        Assert.DoesNotContain(secret, answer.Failure!.Problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Cluster.Log.Lines, line => line.Contains(secret, StringComparison.Ordinal));
    }

    private async Task<(IBitrix24ConnectionGrain Grain, BitrixPortal Portal)> ConnectAsync(string name, int users)
    {
        var portal = Cluster.Sandbox.PutPortal(name, users: Enumerable.Range(1, users).Select(ConnectionCluster.User));
        await Cluster.PutAccountAsync(name, Cluster.Webhook(name, portal));
        return (Cluster.Bitrix24(name), portal);
    }

    private void Fault(BitrixPortal portal, Fault fault) => Cluster.Sandbox.Faults.Add(fault with { Target = portal.Id });

    private ImmutableArray<RequestRecord> RecordsOf(BitrixPortal portal) =>
        [.. Cluster.Sandbox.Requests.Records.Where(record => record.Target == portal.Id)];
}
