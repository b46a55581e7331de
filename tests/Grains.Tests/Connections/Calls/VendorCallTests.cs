using OrleansSync.Grains.Connections;
using OrleansSync.Grains.Connections.Calls;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Tests.Connections.Cluster;

namespace OrleansSync.Grains.Tests.Connections.Calls;

/// <summary>R8.11, on a clock of its own: waits are taken by moving the clock whenever the call waits for it.</summary>
public sealed class VendorCallTests
{
    private static readonly CallFailure _failure = CallFailure.Of(ProblemCode.Unreachable, "Gone.");
    private static readonly CallFailure _passing = _failure with { IsPassing = true };

    private readonly DrivenTime _time = new();
    private readonly ConnectionOptions _options = new();
    private readonly List<TimeSpan> _delays = [];
    private int _sent;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_ReadFailsForAPassingReasonThenSucceeds_AnswersItsValue()
    {
        var answer = await RunAsync(Allowances(), isRead: true, () => _sent < 3 ? _passing : new CallOutcome<int>(7, null));

        Assert.Equal(new CallOutcome<int>(7, null), answer);
        Assert.Equal(3, _sent);
        Assert.InRange(_delays[0], TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(500));
        Assert.InRange(_delays[1], TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Run_ReadKeepsFailing_IsRepeatedForTwentySecondsAtLeastAndThirtyAtMost()
    {
        var start = _time.GetUtcNow();
        var lastSent = start;

        var answer = await RunAsync(Allowances(), isRead: true, () =>
        {
            lastSent = _time.GetUtcNow();
            return _passing;
        });

        Assert.Equal(_passing, answer.Failure);
        Assert.InRange(lastSent - start, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(30));
        Assert.All(_delays, delay => Assert.InRange(delay, TimeSpan.Zero, _options.LongestDelay));
    }

    [Fact]
    public async Task Run_ReadFailsForGood_IsSentOnce()
    {
        var answer = await RunAsync(Allowances(), isRead: true, () => _failure);

        Assert.Equal(_failure, answer.Failure);
        Assert.Equal(1, _sent);
    }

    [Fact]
    public async Task Run_WriteFailsForAPassingReason_IsSentOnce()
    {
        var answer = await RunAsync(Allowances(), isRead: false, () => _passing);

        Assert.Equal(_passing, answer.Failure);
        Assert.Equal(1, _sent);
    }

    [Fact]
    public async Task Run_WriteNotCarriedOut_IsSentAgain()
    {
        var answer = await RunAsync(Allowances(), isRead: false, () => _sent < 3 ? null : new CallOutcome<int>(7, null));

        Assert.Equal(new CallOutcome<int>(7, null), answer);
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
            await RunAsync(allowances, isRead: true, () => _passing);
        }

        Assert.InRange(_time.GetUtcNow() - start, TimeSpan.FromSeconds(55), TimeSpan.FromMinutes(1));
        _sent = 0;
        await RunAsync(allowances, isRead: true, () => _passing);
        Assert.Equal(1, _sent);
    }

    [Fact]
    public async Task Run_RepetitionThatTakesLongSucceeds_CostsTheRunNoMoreThanTheWaitBeforeIt()
    {
        var allowances = Allowances();

        await RunAsync(allowances, isRead: true, () =>
        {
            if (_sent == 1)
            {
                return _passing;
            }

            _time.Move(TimeSpan.FromSeconds(50));
            return new CallOutcome<int>(7, null);
        });

        Assert.InRange(_options.RepeatAllowance - allowances.Repeats.Remaining, TimeSpan.Zero, _options.FirstDelay);
    }

    [Fact]
    public async Task Run_RepeatedReadHangs_IsGivenUpWhenTheRunsAllowanceEnds()
    {
        var start = _time.GetUtcNow();
        var call = new VendorCall(Allowances(), _options, new Random(1), _time, (delay, _) => _delays.Add(delay));

        var answer = await _time.DriveAsync(
            call.RunAsync<int>(
                isRead: true,
                _ => Task.FromResult<CallFailure?>(null),
                async sending =>
                {
                    if (_sent++ > 0)
                    {
                        await Task.Delay(Timeout.InfiniteTimeSpan, _time, sending);
                    }

                    return _passing;
                },
                Token),
            TimeSpan.FromMinutes(2));

        Assert.Equal(_passing, answer.Failure);
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
                    return (CallFailure?)null;
                },
                _ => Task.FromResult<CallOutcome<int>?>(_passing),
                Token),
            TimeSpan.FromMinutes(1));

        Assert.InRange(_delays.Count, 5, 20);
        Assert.InRange(_delays.Aggregate((one, other) => one + other), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(30));
    }

    private CallAllowances Allowances() => new RunAllowances("vendor", _options, runs: null, _time).Of("run");

    private Task<CallOutcome<int>> RunAsync(CallAllowances allowances, bool isRead, Func<CallOutcome<int>?> send)
    {
        var call = new VendorCall(allowances, _options, new Random(1), _time, (delay, _) => _delays.Add(delay));
        return _time.DriveAsync(
            call.RunAsync(
                isRead,
                _ => Task.FromResult<CallFailure?>(null),
                _ =>
                {
                    _sent++;
                    return Task.FromResult(send());
                },
                Token),
            TimeSpan.FromMinutes(1));
    }
}
