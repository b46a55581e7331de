using OrleansSync.Grains.Connections;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Tests.Connections;

/// <summary>R8.11, on a clock of its own: waits are taken by moving the clock whenever the call waits for it.</summary>
public sealed class VendorCallTests
{
    private static readonly CallFailure _failure = new() { Problem = new Problem(ProblemCode.Unreachable, "Gone.") };

    private readonly DrivenTime _time = new();
    private readonly ConnectionOptions _options = new();
    private readonly List<TimeSpan> _delays = [];
    private int _sent;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_ReadFailsForAPassingReasonThenSucceeds_AnswersItsValue()
    {
        var attempt = await RunAsync(Allowances(), isRead: true, () => _sent < 3 ? Attempt<int>.Passed(_failure) : Attempt<int>.Success(7));

        Assert.Equal(Attempt<int>.Success(7), attempt);
        Assert.Equal(3, _sent);
        Assert.InRange(_delays[0], TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(500));
        Assert.InRange(_delays[1], TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Run_ReadKeepsFailing_IsRepeatedForTwentySecondsAtLeastAndThirtyAtMost()
    {
        var start = _time.GetUtcNow();
        var lastSent = start;

        var attempt = await RunAsync(Allowances(), isRead: true, () =>
        {
            lastSent = _time.GetUtcNow();
            return Attempt<int>.Passed(_failure);
        });

        Assert.Equal(_failure, attempt.Failure);
        Assert.InRange(lastSent - start, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(30));
        Assert.All(_delays, delay => Assert.InRange(delay, TimeSpan.Zero, _options.LongestDelay));
    }

    [Fact]
    public async Task Run_ReadFailsForGood_IsSentOnce()
    {
        var attempt = await RunAsync(Allowances(), isRead: true, () => Attempt<int>.Failed(_failure));

        Assert.Equal(_failure, attempt.Failure);
        Assert.Equal(1, _sent);
    }

    [Fact]
    public async Task Run_WriteFailsForAPassingReason_IsSentOnce()
    {
        var attempt = await RunAsync(Allowances(), isRead: false, () => Attempt<int>.Passed(_failure));

        Assert.Equal(_failure, attempt.Failure);
        Assert.Equal(1, _sent);
    }

    [Fact]
    public async Task Run_WriteNotCarriedOut_IsSentAgain()
    {
        var attempt = await RunAsync(Allowances(), isRead: false, () => _sent < 3 ? Attempt<int>.NotCarriedOut : Attempt<int>.Success(7));

        Assert.Equal(Attempt<int>.Success(7), attempt);
        Assert.Equal(3, _sent);
        Assert.Empty(_delays);
    }

    [Fact]
    public async Task Run_AllReadsOfARunKeepFailing_RepetitionsTakeNoMoreThanTheAllowanceAndThenNone()
    {
        var allowances = Allowances();
        var start = _time.GetUtcNow();
        for (var read = 0; read < 20; read++)
        {
            await RunAsync(allowances, isRead: true, () => Attempt<int>.Passed(_failure));
        }

        Assert.InRange(_time.GetUtcNow() - start, TimeSpan.FromSeconds(55), TimeSpan.FromMinutes(1));
        _sent = 0;
        await RunAsync(allowances, isRead: true, () => Attempt<int>.Passed(_failure));
        Assert.Equal(1, _sent);
    }

    [Fact]
    public async Task Run_RepeatedReadHangs_IsGivenUpWhenTheRunsAllowanceEnds()
    {
        var start = _time.GetUtcNow();
        var call = new VendorCall(Allowances(), _options, new Random(1), _time, (delay, _) => _delays.Add(delay));

        var attempt = await _time.DriveAsync(
            call.RunAsync(
                isRead: true,
                _ => Task.FromResult<Attempt<int>?>(null),
                async sending =>
                {
                    if (_sent++ > 0)
                    {
                        await Task.Delay(Timeout.InfiniteTimeSpan, _time, sending);
                    }

                    return Attempt<int>.Passed(_failure);
                },
                Token),
            TimeSpan.FromMinutes(2));

        Assert.Equal(_failure, attempt.Failure);
        Assert.InRange(_time.GetUtcNow() - start, TimeSpan.FromSeconds(55), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Run_WaitsForLimitsWhileRepeating_WaitsCostNothingOfTheWindow()
    {
        var call = new VendorCall(Allowances(), _options, new Random(1), _time, (delay, _) => _delays.Add(delay));

        await _time.DriveAsync(
            call.RunAsync(
                isRead: true,
                async sending =>
                {
                    await Task.Delay(TimeSpan.FromSeconds(40), _time, sending);
                    return (Attempt<int>?)null;
                },
                _ => Task.FromResult(Attempt<int>.Passed(_failure)),
                Token),
            TimeSpan.FromMinutes(1));

        Assert.InRange(_delays.Count, 5, 20);
        Assert.InRange(_delays.Aggregate((one, other) => one + other), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(30));
    }

    private CallAllowances Allowances() => new RunAllowances("vendor", _options, runs: null, _time).Of("run");

    private Task<Attempt<int>> RunAsync(CallAllowances allowances, bool isRead, Func<Attempt<int>> send)
    {
        var call = new VendorCall(allowances, _options, new Random(1), _time, (delay, _) => _delays.Add(delay));
        return _time.DriveAsync(
            call.RunAsync(
                isRead,
                _ => Task.FromResult<Attempt<int>?>(null),
                _ =>
                {
                    _sent++;
                    return Task.FromResult(send());
                },
                Token),
            TimeSpan.FromMinutes(1));
    }
}
