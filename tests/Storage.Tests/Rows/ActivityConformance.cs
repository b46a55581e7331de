using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Activity;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Storage.Tests.Rows;

/// <summary>
/// What adding up the runs of all accounts must do on any engine. Every test has a year of its own, long after what other tests have.
/// </summary>
public abstract class ActivityConformance(StorageFixture fixture) : RowConformance(fixture)
{
    private static readonly TimeSpan _quarter = TimeSpan.FromMinutes(15);

    [Fact]
    public async Task Parts_BeginWithTheirFirstMomentAndEndBeforeThatOfTheNext()
    {
        var span = Span(2030, count: 4);
        var least = TimeSpan.FromTicks(TimeSpan.TicksPerMillisecond / 1_000);
        var account = await ConnectAsync();
        DateTimeOffset[] ends =
        [
            span.From - least, span.From, span.StartOf(1) - least, span.StartOf(2), span.StartOf(2) + least, span.StartOf(3) - least,
            span.Until - least, span.Until,
        ];
        foreach (var (index, end) in ends.Index())
        {
            account = await CloseAsync(account, Ended(account, index + 1, end.ToOffset(TimeSpan.FromHours(3))));
        }

        var report = await Runs.ActivityAsync(span);

        Assert.Equal(span, report.Span);
        Assert.Equal(Enumerable.Range(0, 4).Select(part => span.From + (_quarter * part)), report.Parts.Select(part => part.Start));
        Assert.Equal([2, 0, 3, 1], report.Parts.Select(part => part.Runs));
        Assert.Equal(new ActivityPart(span.StartOf(1)), report.Parts[1]);
    }

    [Fact]
    public async Task Parts_AddUpRunsOfAllAccountsByWhatCameOfThem()
    {
        var span = Span(2031, count: 1);
        foreach (var code in (ProblemCode?[])
        [
            ProblemCode.Unreachable, ProblemCode.InvalidAnswer, ProblemCode.Interrupted, ProblemCode.Bitrix24Unauthorized,
            ProblemCode.Bitrix24Scope, ProblemCode.Bitrix24Blocked, ProblemCode.CallGearUnauthorized, ProblemCode.CallGearBlocked,
            ProblemCode.AddressRefused, ProblemCode.RateLimited, ProblemCode.RateLimited, ProblemCode.PortalChanged, null,
        ])
        {
            var account = await ConnectAsync();
            await CloseAsync(account, Ended(account, 1, span.From, status: RunStatus.Failed, code: code));
        }

        var other = await ConnectAsync();
        other = await CloseAsync(other, Ended(other, 1, span.From, status: RunStatus.CompletedWithErrors, code: ProblemCode.RateLimited));
        other = await CloseAsync(other, Ended(other, 2, span.From, status: RunStatus.Held, code: ProblemCode.DeletionGuard));

        // What a person stopped did not fail.
        await CloseAsync(other, Ended(other, 3, span.From, status: RunStatus.Failed, code: ProblemCode.Cancelled));

        var part = Assert.Single((await Runs.ActivityAsync(span)).Parts);

        Assert.Equal((16, 13), (part.Runs, part.Failed.Total));
        Assert.Equal(new FailedRuns(NoAnswer: 3, Refused: 6, RateLimit: 2, Other: 2), part.Failed);
        Assert.Equal((new RunCalls(32, 48), new RunCalls(3, 2)), (part.Calls, part.Refusals));
    }

    [Theory]
    [InlineData(2032, 1)]
    [InlineData(2033, 2)]
    [InlineData(2034, 20)]
    [InlineData(2035, 21)]
    public async Task Wait_IsThatOfTheRunInTheMiddleAndOfTheOneBefore95OfAHundred(int year, int runs)
    {
        var span = Span(year, count: 2);
        var random = new Random(year);
        var account = await ConnectAsync();
        var waits = Enumerable.Range(0, runs).Select(_ => TimeSpan.FromMilliseconds(random.Next(5_000))).ToList();
        foreach (var (index, wait) in waits.Index())
        {
            account = await CloseAsync(account, Ended(account, index + 1, span.StartOf(1), wait));
        }

        await CloseAsync(account, Ended(account, runs + 1, span.From, TimeSpan.FromSeconds(-1)));

        var parts = (await Runs.ActivityAsync(span)).Parts;

        waits.Sort();
        Assert.Equal(new RunWait(Rank(0.5m), Rank(0.95m)), parts[1].Wait);
        Assert.Equal(new RunWait(TimeSpan.Zero, TimeSpan.Zero), parts[0].Wait);

        TimeSpan Rank(decimal share) => waits[(int)Math.Ceiling(runs * share) - 1];
    }

    [Fact]
    public async Task Wait_OfRunsThatNeverStartedOrThatAnEarlierReleaseWrote_IsUnknown()
    {
        var span = Span(2036, count: 1);
        var account = await ConnectAsync();
        account = await CloseAsync(account, Ended(account, 1, span.From));
        await CloseAsync(account, Ended(account, 2, span.From, TimeSpan.FromSeconds(3)));
        await Fixture.ExecuteAsync($"UPDATE run SET waited = NULL WHERE account_id = '{account.AccountId}' AND number = 2");

        var part = Assert.Single((await Runs.ActivityAsync(span)).Parts);

        Assert.Equal((2, null), (part.Runs, part.Wait));
    }

    [Fact]
    public async Task CompleteSince_IsTheOldestRunOfTheAccountThatForgotTheYoungest()
    {
        var span = Span(2037, count: 1);
        var whole = await ConnectAsync();
        await CloseAsync(whole, Ended(whole, 1, span.Until.AddDays(9)));
        foreach (var hours in (int[])[5, 7, 6])
        {
            var account = await ConnectAsync();
            for (var number = 1; number <= 3; number++)
            {
                account = await CloseAsync(
                    account, Ended(account, number, span.From.AddHours(hours + number)) with { ForgottenUpTo = number == 3 ? 1 : null });
            }
        }

        Assert.Equal(span.From.AddHours(9), (await Runs.ActivityAsync(span)).CompleteSince);
    }

    private static ActivitySpan Span(int year, int count) =>
        new(new DateTimeOffset(year, 1, 31, 23, 45, 0, TimeSpan.Zero), _quarter, count);

    private static ClosedRun Ended(
        AccountRow account,
        long number,
        DateTimeOffset at,
        TimeSpan? wait = null,
        RunStatus status = RunStatus.Succeeded,
        ProblemCode? code = null) => Run(account, number) with
        {
            Summary = Summary(account.AccountId, number, status) with
            {
                RequestedAt = at.AddMinutes(-5),
                StartedAt = at.AddMinutes(-5) + wait,
                FinishedAt = at,
                Calls = new RunCalls(2, 3),
                Error = code is { } given ? new Problem(given, "Why.") : null,
            },
        };
}
