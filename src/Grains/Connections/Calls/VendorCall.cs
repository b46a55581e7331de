using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Connections.Calls;

/// <summary>
/// Sends one call until it is over: waits for admission before every request, sends it again when it was not carried out, and repeats a
/// read that failed for a passing reason (R8.11). A write that may have been carried out is never sent twice.
/// </summary>
/// <param name="allowances">What the run may spend.</param>
/// <param name="options">How patient reads are.</param>
/// <param name="jitter">Spreads repetitions.</param>
/// <param name="time">The clock.</param>
/// <param name="repeating">Is told of every repetition: the wait before it and why.</param>
internal sealed class VendorCall(
    CallAllowances allowances, ConnectionOptions options, Random jitter, TimeProvider time, Action<TimeSpan, Problem> repeating)
{
    /// <summary>Sends a call.</summary>
    /// <param name="isRead">Whether it may be repeated.</param>
    /// <param name="admit">Waits until a request may be sent, and answers null when it may, else why not.</param>
    /// <param name="send">
    /// Sends one request; null when it was not carried out and can be sent again: a limit was met, or a token was renewed.
    /// </param>
    /// <param name="cancellationToken">Gives the call up.</param>
    public async Task<CallOutcome<T>> RunAsync<T>(
        bool isRead,
        Func<CancellationToken, Task<CallFailure?>> admit,
        Func<CancellationToken, Task<CallOutcome<T>?>> send,
        CancellationToken cancellationToken)
    {
        var retry = new ReadRetry(options, allowances.Repeats, jitter);
        CallOutcome<T>? last = null;
        var isOver = false;
        var spent = TimeSpan.Zero;
        while (true)
        {
            var answer = await admit(cancellationToken) is { } refusal ? refusal : await SendAsync();
            if (answer is null)
            {
                continue;
            }

            if (answer.Failure is not { IsPassing: true } failure || isOver || !isRead || retry.NextDelay(spent) is not { } delay)
            {
                return answer;
            }

            last = answer;
            repeating(delay, failure.Problem);
            using (allowances.Repeats.Spend())
            {
                await Task.Delay(delay, time, cancellationToken);
            }

            spent = delay;
        }

        async Task<CallOutcome<T>?> SendAsync()
        {
            if (!retry.IsRepeating)
            {
                return await send(cancellationToken);
            }

            using var end = new CancellationTokenSource(allowances.Repeats.Remaining, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, end.Token);
            using var spending = allowances.Repeats.Spend();
            var start = time.GetTimestamp();
            try
            {
                var answer = await send(either.Token);
                if (answer is { Failure: null })
                {
                    // What is read at last is progress, however slow: only what was tried in vain counts.
                    spending.Forgive();
                }

                return answer;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                isOver = true;
                return last;
            }
            finally
            {
                spent += time.GetElapsedTime(start);
            }
        }
    }
}
